//! Finds and loads ONNX Runtime, once per process, with telemetry off.

use std::path::Path;
use std::sync::Mutex;

use crate::{Error, Result};

static ENVIRONMENT: Mutex<Option<ort::environment::Environment>> = Mutex::new(None);

/// The process-wide runtime. The first successful call decides which library is loaded: `path` when given,
/// else the file named by `ORT_DYLIB_PATH`, else the system's own `libonnxruntime`.
pub(super) fn environment(path: Option<&Path>) -> Result<ort::environment::Environment> {
    let mut slot = ENVIRONMENT.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(environment) = &*slot {
        return Ok(environment.clone());
    }
    disable_telemetry();
    let builder = load(path)?;
    let environment = builder
        .with_name("rasd")
        .with_telemetry(false)
        .build()
        .map_err(|e| Error::model(format!("ONNX Runtime: {e}")))?;
    *slot = Some(environment.clone());
    Ok(environment)
}

/// ONNX Runtime 1.29 and newer reports usage on Linux unless this is set before the library loads.
fn disable_telemetry() {
    // SAFETY: called once, under the lock above, before the library that reads the variable exists in the
    // process. Another thread reading the environment through libc at this very moment is the remaining
    // risk; std's own readers and writers share a lock.
    unsafe { std::env::set_var("ORT_DISABLE_TELEMETRY", "1") };
}

#[cfg(feature = "load-dynamic")]
fn load(path: Option<&Path>) -> Result<ort::environment::EnvironmentBuilder> {
    let wanted = path.map(Path::to_path_buf).or_else(|| {
        std::env::var_os("ORT_DYLIB_PATH").filter(|value| !value.is_empty()).map(std::path::PathBuf::from)
    });
    let default = format!("{}onnxruntime{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    ort::init_from(wanted.unwrap_or_else(|| default.into())).map_err(|e| {
        Error::model_not_found(format!("ONNX Runtime: {e}, expected version 1.17 or newer")).with_hint(
            "install it with `pip install onnxruntime` and set ORT_DYLIB_PATH to its \
             capi/libonnxruntime.so.* file, or build with feature `ort-download`; \
             normalization works without it",
        )
    })
}

#[cfg(not(feature = "load-dynamic"))]
fn load(_path: Option<&Path>) -> Result<ort::environment::EnvironmentBuilder> {
    Ok(ort::init())
}
