//! Runs a model: one single-threaded session per worker, batches of one token length.

use std::path::Path;
use std::sync::Mutex;

use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::Tensor;

use super::bundle::{Bundle, SAID};
use super::runtime;
use crate::{Error, Result};

/// Sequences are padded to a multiple of this, so a text's padded length depends on the text alone.
const LENGTH_STEP: usize = 4;
/// Texts per run.
pub(crate) const BATCH: usize = 16;
/// A run never holds one text: matrix-vector kernels round differently from matrix-matrix ones.
const MIN_BATCH: usize = 2;

/// Raw results for one text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Output {
    /// One logit per sentiment label of the model.
    pub sentiment: Vec<f32>,
    /// One logit per label of each head of [`SAID`]; empty when the model has no such head.
    pub said: [Vec<f32>; SAID.len()],
    /// One logit per dialect label; empty when the model has no dialect head.
    pub dialects: Vec<f32>,
    /// Unit length; empty when the model gives no embedding.
    pub embedding: Vec<f32>,
}

/// A loaded model. `Send + Sync`: workers borrow sessions from a pool that grows to their number.
pub(crate) struct Model {
    environment: ort::environment::Environment,
    onnx: std::borrow::Cow<'static, [u8]>,
    place: String,
    sentiment_output: &'static str,
    n_sentiment: usize,
    n_said: [usize; SAID.len()],
    n_dialects: usize,
    dim: usize,
    needs_types: bool,
    pool: Mutex<Vec<Session>>,
}

impl Model {
    /// Loads the runtime (see [`runtime::environment`]) and the graph, and checks its inputs and outputs.
    pub fn load(bundle: &mut Bundle, runtime: Option<&Path>) -> Result<Self> {
        let environment = runtime::environment(runtime)?;
        let config = &bundle.config;
        let mut model = Self {
            environment,
            onnx: std::mem::take(&mut bundle.onnx),
            place: config.name.clone(),
            sentiment_output: if config.embedding_dim.is_some() { "sentiment_logits" } else { "logits" },
            n_sentiment: config.sentiment.len(),
            n_said: config.said.each_ref().map(|head| head.as_ref().map_or(0, |head| head.labels.len())),
            n_dialects: config.dialects.as_ref().map_or(0, |dialects| dialects.labels.len()),
            dim: config.embedding_dim.unwrap_or(0),
            needs_types: false,
            pool: Mutex::new(Vec::new()),
        };
        let session = model.new_session()?;
        let inputs: Vec<&str> = session.inputs().iter().map(|input| input.name()).collect();
        let outputs: Vec<&str> = session.outputs().iter().map(|output| output.name()).collect();
        for name in ["input_ids", "attention_mask"] {
            model.expect("input", name, &inputs)?;
        }
        model.expect("output", model.sentiment_output, &outputs)?;
        for (name, _) in SAID.iter().zip(model.n_said).filter(|(_, n)| *n > 0) {
            model.expect("output", &format!("{name}_logits"), &outputs)?;
        }
        if model.n_dialects > 0 {
            model.expect("output", "dialect_logits", &outputs)?;
        }
        if model.dim > 0 {
            model.expect("output", "embedding", &outputs)?;
        }
        model.needs_types = inputs.contains(&"token_type_ids");
        model.pool.lock().unwrap_or_else(|p| p.into_inner()).push(session);
        // One run now tells a wrong label count before any comment is read.
        model.run(&[&[0, 0]])?;
        Ok(model)
    }

    fn expect(&self, kind: &str, name: &str, got: &[&str]) -> Result<()> {
        if got.contains(&name) {
            return Ok(());
        }
        Err(Error::model(format!("model `{}`: {kind}s {}, expected `{name}`", self.place, got.join(", ")))
            .with_hint("export again as text classification"))
    }

    fn new_session(&self) -> Result<Session> {
        let build = || -> std::result::Result<Session, Box<dyn std::error::Error>> {
            let builder = Session::builder(&self.environment)?
                .with_optimization_level(GraphOptimizationLevel::All)?
                .with_intra_threads(1)?
                .with_inter_threads(1)?
                .with_intra_op_spinning(false)?
                .with_inter_op_spinning(false)?
                // Int8 weights are dequantized as stored; activations stay in f32.
                .with_quant_qdq(false)?;
            Ok({ builder }.commit_from_memory(&self.onnx)?)
        };
        build().map_err(|e| Error::model(format!("model `{}`: model.onnx: {e}", self.place)))
    }

    /// Groups texts into batches whose results do not depend on the grouping: lists of indices into `lengths`.
    pub fn batches(lengths: &[usize]) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..lengths.len()).collect();
        order.sort_by_key(|&i| (padded(lengths[i]), i));
        order
            .chunk_by(|&a, &b| padded(lengths[a]) == padded(lengths[b]))
            .flat_map(|same| same.chunks(BATCH).map(<[usize]>::to_vec))
            .collect()
    }

    /// Runs texts of one padded length (see [`Self::batches`]); one [`Output`] each, in order.
    pub fn run(&self, ids: &[&[i64]]) -> Result<Vec<Output>> {
        let session = self.pool.lock().unwrap_or_else(|p| p.into_inner()).pop();
        let mut session = match session {
            Some(session) => session,
            None => self.new_session()?,
        };
        let result = self.run_in(&mut session, ids);
        self.pool.lock().unwrap_or_else(|p| p.into_inner()).push(session);
        result
    }

    fn run_in(&self, session: &mut Session, ids: &[&[i64]]) -> Result<Vec<Output>> {
        let tokens = padded(ids.iter().map(|row| row.len()).max().unwrap_or(0));
        let rows = ids.len().max(MIN_BATCH);
        let mut input = vec![0i64; rows * tokens];
        let mut mask = vec![0i64; rows * tokens];
        for row in 0..rows {
            let source = ids[row.min(ids.len() - 1)];
            input[row * tokens..][..source.len()].copy_from_slice(source);
            mask[row * tokens..][..source.len()].fill(1);
        }
        let fail = |e: ort::Error| Error::model(format!("model `{}`: {e}", self.place));
        let shape = [rows, tokens];
        let mut inputs = vec![
            ("input_ids", Tensor::from_array((shape, input)).map_err(fail)?),
            ("attention_mask", Tensor::from_array((shape, mask)).map_err(fail)?),
        ];
        if self.needs_types {
            inputs.push((
                "token_type_ids",
                Tensor::from_array((shape, vec![0i64; rows * tokens])).map_err(fail)?,
            ));
        }
        let outputs = session.run(inputs).map_err(fail)?;
        let matrix = |name: &str, width: usize| -> Result<Vec<f32>> {
            if width == 0 {
                return Ok(Vec::new());
            }
            let (shape, values) = outputs[name].try_extract_tensor::<f32>().map_err(fail)?;
            if shape[..] != [rows as i64, width as i64] {
                return Err(Error::model(format!(
                    "model `{}`: output `{name}` has shape {shape:?}, expected [{rows}, {width}]",
                    self.place
                ))
                .with_hint("export again; the labels in config.json must list every class"));
            }
            Ok(values.to_vec())
        };
        let sentiment = matrix(self.sentiment_output, self.n_sentiment)?;
        let mut said: [Vec<f32>; SAID.len()] = Default::default();
        for ((found, name), width) in said.iter_mut().zip(SAID).zip(self.n_said) {
            *found = matrix(&format!("{name}_logits"), width)?;
        }
        let dialects = matrix("dialect_logits", self.n_dialects)?;
        let embedding = matrix("embedding", self.dim)?;
        Ok((0..ids.len())
            .map(|row| Output {
                sentiment: sentiment[row * self.n_sentiment..][..self.n_sentiment].to_vec(),
                said: std::array::from_fn(|head| {
                    said[head][row * self.n_said[head]..][..self.n_said[head]].to_vec()
                }),
                dialects: dialects[row * self.n_dialects..][..self.n_dialects].to_vec(),
                embedding: embedding[row * self.dim..][..self.dim].to_vec(),
            })
            .collect())
    }
}

fn padded(length: usize) -> usize {
    length.max(1).next_multiple_of(LENGTH_STEP)
}
