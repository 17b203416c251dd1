"""The network as an ONNX graph, written node by node: opset 17, weights int8, sums f32.

Weight-only int8: a matrix is int8 with one scale per output column, a table int8 with one scale per row. Run it with
`session.disable_quant_qdq=1`; then no activation is quantized and a row's result does not depend on its batch.
"""

import model
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR_VERSION = 17, 8


class Graph:
    """Collects nodes and initializers; every call returns the name of its output."""

    def __init__(self):
        self.nodes, self.initializers, self.count = [], [], 0

    def constant(self, array, name=None):
        name = name or f"c{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind, *inputs, output=None, **attributes):
        self.count += 1
        output = output or f"{kind.lower()}_{self.count}"
        self.nodes.append(
            helper.make_node(kind, [str(i) for i in inputs], [output], name=f"n{self.count}", **attributes)
        )
        return output

    def f32(self, *values):
        return self.constant(np.array(values if len(values) > 1 else values[0], np.float32))

    def i64(self, *values):
        return self.constant(np.array(values, np.int64))

    def linear(self, x, weight, bias):
        """x @ weight.T + bias; weight f32[out, in]."""
        matrix, scale = quantized(weight, axis=1)
        zeros = self.constant(np.zeros(len(scale), np.int8))
        matrix = self.op("DequantizeLinear", self.constant(matrix.T), self.constant(scale), zeros, axis=1)
        return self.op("Add", self.op("MatMul", x, matrix), self.constant(bias))

    def rows(self, table, ids):
        """f32[..., dim]: rows of an int8 table times their scales."""
        values, scale = quantized(table, axis=1)
        rows = self.op("Cast", self.op("Gather", self.constant(values), ids), to=TensorProto.FLOAT)
        scales = self.op("Unsqueeze", self.op("Gather", self.constant(scale), ids), self.i64(-1))
        return self.op("Mul", rows, scales)

    def norm(self, x, module):
        return self.op(
            "LayerNormalization",
            x,
            self.constant(module["weight"]),
            self.constant(module["bias"]),
            axis=-1,
            epsilon=1e-12,
        )

    def gelu(self, x):
        erf = self.op("Erf", self.op("Mul", x, self.f32(2**-0.5)))
        return self.op("Mul", self.op("Mul", x, self.op("Add", erf, self.f32(1.0))), self.f32(0.5))


def quantized(matrix, axis):
    """(int8, f32 scale): symmetric, one scale for each row."""
    scale = np.maximum(np.abs(matrix).max(axis=axis), 1e-8).astype(np.float32) / 127
    return np.clip(np.rint(matrix / scale[:, None]), -127, 127).astype(np.int8), scale


def attention(g, x, bias, part, heads, dim):
    def split(name):
        flat = g.linear(x, part[name + ".weight"], part[name + ".bias"])
        return g.op("Transpose", g.op("Reshape", flat, g.i64(0, 0, heads, dim // heads)), perm=[0, 2, 1, 3])

    q, k, v = split("query"), split("key"), split("value")
    scores = g.op("MatMul", q, g.op("Transpose", k, perm=[0, 1, 3, 2]))
    scores = g.op("Add", g.op("Mul", scores, g.f32((dim // heads) ** -0.5)), bias)
    mixed = g.op("Transpose", g.op("MatMul", g.op("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
    return g.linear(g.op("Reshape", mixed, g.i64(0, 0, dim)), part["out.weight"], part["out.bias"])


def under(state, prefix):
    """The entries below a prefix, without it."""
    return {key[len(prefix) :]: value for key, value in state.items() if key.startswith(prefix)}


def build(net, settings):
    """The ONNX model of a trained net."""
    state = {key: value.detach().numpy() for key, value in net.state_dict().items()}
    dim, heads, g = settings["dim"], settings["heads"], Graph()
    mask = g.op("Cast", "attention_mask", to=TensorProto.FLOAT)
    column = g.op("Unsqueeze", mask, g.i64(2))
    n_tokens = g.op("ReduceSum", mask, g.i64(1), keepdims=1)
    share = g.op("Div", column, g.op("Unsqueeze", n_tokens, g.i64(2)))
    bias = g.op("Mul", g.op("Sub", g.op("Unsqueeze", mask, g.i64(1, 2)), g.f32(1.0)), g.f32(10000.0))
    length = g.op("Slice", g.op("Shape", "input_ids"), g.i64(1), g.i64(2))
    positions = g.op("Slice", g.constant(state["positions"]), g.i64(0), length, g.i64(0))
    x = g.op("Add", g.rows(net.table().detach().numpy(), "input_ids"), positions)
    x = g.norm(x, under(state, "norm."))
    means = []
    for number in range(1, settings["layers"] + 1):
        part = under(state, f"layers.{number - 1}.")
        x = g.norm(g.op("Add", x, attention(g, x, bias, part, heads, dim)), under(part, "norm1."))
        up = g.gelu(g.linear(x, part["up.weight"], part["up.bias"]))
        x = g.norm(g.op("Add", x, g.linear(up, part["down.weight"], part["down.bias"])), under(part, "norm2."))
        if number == net.middle:
            means.append(g.op("ReduceSum", g.op("Mul", x, share), g.i64(1), keepdims=0))
    last = g.op("ReduceSum", g.op("Mul", x, share), g.i64(1), keepdims=0)
    both = g.op("Concat", means[0], last, axis=1)
    size = g.op("Sqrt", g.op("ReduceSum", g.op("Mul", last, last), g.i64(1), keepdims=1))
    g.op("Div", last, g.op("Max", size, g.f32(1e-12)), output="embedding")
    wide = wide_part(g, state, net.buckets, column, n_tokens)
    temperature = temperature_part(g, state, column)
    outputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", dim])]
    for i, name in enumerate(net.heads):
        head = under(state, f"heads.{name}.")
        total = g.linear(g.gelu(g.linear(both, head["0.weight"], head["0.bias"])), head["2.weight"], head["2.bias"])
        if name in net.columns:
            columns = net.columns[name]
            total = g.op("Add", total, g.op("Slice", wide, g.i64(columns.start), g.i64(columns.stop), g.i64(1)))
        warmth = g.op("Slice", temperature, g.i64(i), g.i64(i + 1), g.i64(1))
        g.op("Div", total, warmth, output=f"{name}_logits")
        width = len(head["2.bias"])
        outputs.append(helper.make_tensor_value_info(f"{name}_logits", TensorProto.FLOAT, ["batch", width]))
    shape = ["batch", "tokens"]
    graph = helper.make_graph(
        g.nodes,
        settings.get("name", "rasd"),
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")],
        outputs,
        g.initializers,
    )
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="rasd")
    result.ir_version = IR_VERSION
    onnx.checker.check_model(result, full_check=True)
    return result


def wide_part(g, state, buckets, column, n_tokens):
    """Weights of pieces and of hashed neighbouring pairs, over the square root of the length."""
    far = np.iinfo(np.int64).max
    first = g.op("Slice", "input_ids", g.i64(0), g.i64(-1), g.i64(1))
    second = g.op("Slice", "input_ids", g.i64(1), g.i64(far), g.i64(1))
    factors = [g.constant(np.array(factor, np.int64)) for factor in model.PAIR_FACTORS]
    pairs = g.op("Add", g.op("Mul", first, factors[0]), g.op("Mul", second, factors[1]))
    pairs = g.op("Mod", pairs, g.constant(np.array(buckets, np.int64)))
    pieces = g.op("ReduceSum", g.op("Mul", g.rows(state["wide_piece"], "input_ids"), column), g.i64(1), keepdims=0)
    later = g.op("Slice", column, g.i64(1), g.i64(far), g.i64(1))
    pairs = g.op("ReduceSum", g.op("Mul", g.rows(state["wide_pair"], pairs), later), g.i64(1), keepdims=0)
    scaled = g.op("Div", g.op("Add", pieces, pairs), g.op("Sqrt", n_tokens))
    return g.op("Add", scaled, g.constant(state["wide_bias"]))


def temperature_part(g, state, column):
    """Between the temperatures of English and Arabic by the share of Arabic pieces."""
    counts = g.op("Gather", g.constant(state["scripts"].astype(np.int8)), "input_ids")
    counts = g.op("Mul", g.op("Cast", counts, to=TensorProto.FLOAT), column)
    counts = g.op("ReduceSum", counts, g.i64(1), keepdims=0)
    arabic = g.op("Slice", counts, g.i64(0), g.i64(1), g.i64(1))
    letters = g.op("ReduceSum", counts, g.i64(1), keepdims=1)
    share = g.op("Div", g.op("Add", arabic, g.f32(0.5)), g.op("Add", letters, g.f32(1.0)))
    english, both = state["temperatures"][:, 0], state["temperatures"]
    return g.op("Add", g.op("Mul", share, g.constant(both[:, 1] - both[:, 0])), g.constant(english))
