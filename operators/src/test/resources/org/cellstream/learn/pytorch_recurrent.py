#!/usr/bin/env python3
"""Makes the JSON files of recurrent layers beside this script: what PyTorch learns, in float64.

    /usr/bin/python3 pytorch_recurrent.py        (Debian's python3-torch 1.13)

Each file holds some minibatches in a row. All start from one set of weights; state is carried from
minibatch to minibatch, detached, but for those in "resets", which start from zeros; each takes one
step of Adam after clipping by global norm. An LSTM here has one bias, so bias_hh is 0 and not
learnt; a GRU has both. First weights, inputs, labels and starting states are numbers that float32
can hold, so that both precisions start alike.

Layouts: inputs, labels, outputs [T, B, ...]; weights of steps [T, B]; states [B, S], for each layer
bottom first its h, then an LSTM's c, and those of the backward direction after those of the forward
one; weights, gradients [P], for each layer bottom first PyTorch's parameters of the layer, in
PyTorch's order.

PyTorch has no GRU whose reset gate acts on h: here its step is written down, and PyTorch derives
it. Nor does it merge the directions other than by concatenating them; the merge follows here.
"""
import json
import pathlib
import re

import torch

INPUTS, STEPS, ROWS, MINIBATCHES = 3, 5, 4, 6
LEARNING_RATE = 0.01


def random(*shape):
    return torch.randn(*shape, dtype=torch.float32).double()


class GruBefore(torch.nn.Module):
    """Keras' GRU with reset_after=False; gates in PyTorch's order r, z, n."""

    def __init__(self, inputs, units):
        super().__init__()
        self.hidden_size, self.proj_size, self.bidirectional = units, 0, False
        self.weight_ih_l0 = torch.nn.Parameter(torch.zeros(3 * units, inputs))
        self.weight_hh_l0 = torch.nn.Parameter(torch.zeros(3 * units, units))
        self.bias_ih_l0 = torch.nn.Parameter(torch.zeros(3 * units))

    def forward(self, x, h):
        h, outputs = h[0], []
        w_r, w_z, w_n = self.weight_hh_l0.chunk(3)
        for x_t in x:
            i_r, i_z, i_n = (x_t @ self.weight_ih_l0.T + self.bias_ih_l0).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h @ w_r.T)
            z = torch.sigmoid(i_z + h @ w_z.T)
            n = torch.tanh(i_n + (r * h) @ w_n.T)
            h = (1 - z) * n + z * h
            outputs.append(h)
        return torch.stack(outputs), h[None]


class Merged(torch.nn.Module):
    """A bidirectional layer whose two outputs become one."""

    def __init__(self, layer, merge):
        super().__init__()
        self.layer, self.merge = layer, merge

    def forward(self, x, state):
        y, end = self.layer(x, state)
        f, b = y.chunk(2, dim=2)
        return {"sum": f + b, "average": (f + b) / 2, "multiply": f * b}[self.merge], end


LAYER = re.compile(
    r"(?P<both>bidirectional\()?(?P<kind>\w+)\((?P<units>\d+)"
    r"(, (?P<name>projection|reset)=(?P<value>\w+))?\)(, merge=(?P<merge>\w+))?\)?"
)


def layers_of(text):
    layers, width = [], INPUTS
    for word in LAYER.finditer(text):
        kind, units, both = word["kind"], int(word["units"]), word["both"] is not None
        hidden = units
        if kind == "dense":
            layer = torch.nn.Linear(width, units).double()
        elif kind == "gru" and word["value"] == "before":
            layer = GruBefore(width, units).double()
        elif kind == "gru":
            layer = torch.nn.GRU(width, units, bidirectional=both).double()
        else:
            projection = int(word["value"] or 0)
            hidden = projection or units
            layer = torch.nn.LSTM(
                width, units, proj_size=projection, bidirectional=both
            ).double()
            for name, p in layer.named_parameters():
                if name.startswith("bias_hh"):
                    torch.nn.init.zeros_(p)
                    p.requires_grad = False
        width = 2 * hidden if both and word["merge"] is None else hidden
        layers.append(Merged(layer, word["merge"]) if word["merge"] else layer)
    return layers, width


def recurrent(layer):
    """The layer that has the states; None if there is none."""
    layer = layer.layer if isinstance(layer, Merged) else layer
    return None if isinstance(layer, torch.nn.Linear) else layer


def state_of(layer, make):
    """One tensor [D, B, ...] for a GRU's h, two for an LSTM's h and c."""
    layer = recurrent(layer)
    directions = 2 if layer.bidirectional else 1
    h = make(directions, ROWS, layer.proj_size or layer.hidden_size)
    if not isinstance(layer, torch.nn.LSTM):
        return (h,)
    return (h, make(directions, ROWS, layer.hidden_size))


def states_of(layers, make):
    return [state_of(layer, make) for layer in layers if recurrent(layer) is not None]


def zeros(*shape):
    return torch.zeros(*shape).double()


def forward(layers, x, states):
    """The outputs and the state of each recurrent layer after the last step."""
    ends, states = [], list(states)
    for layer in layers:
        if recurrent(layer) is None:
            x = layer(x)
        else:
            state = states.pop(0)
            x, end = layer(x, state if len(state) == 2 else state[0])
            end = end if len(state) == 2 else (end,)
            ends.append(tuple(part.detach() for part in end))
    return x, ends


def flat(tensors):
    return torch.cat([t.detach().reshape(-1) for t in tensors]).tolist()


def flat_states(states):
    parts = [part[d] for state in states for d in range(len(state[0])) for part in state]
    return torch.cat(parts, dim=1).reshape(-1).tolist()


def case(text, clip_norm, seed, minibatches=6, resets=()):
    torch.manual_seed(seed)
    layers, outputs = layers_of(text)
    learnt = [p for layer in layers for p in layer.parameters() if p.requires_grad]
    with torch.no_grad():
        for p in learnt:
            p.copy_(0.5 * random(*p.shape))
    states = states_of(layers, random)
    adam = torch.optim.Adam(learnt, lr=LEARNING_RATE)
    result = {
        "torch": torch.__version__,
        "network": text,
        "inputs": INPUTS,
        "steps": STEPS,
        "rows": ROWS,
        "learningRate": LEARNING_RATE,
        "clipNorm": clip_norm,
        "firstWeights": flat(learnt),
        "starts": flat_states(states),
        "resets": list(resets),
        "minibatches": [],
    }
    for minibatch in range(minibatches):
        if minibatch in resets:
            states = states_of(layers, zeros)
        x, labels = random(STEPS, ROWS, INPUTS), random(STEPS, ROWS, outputs)
        weights = torch.randint(0, 4, (STEPS, ROWS)).double() / 2
        y, states = forward(layers, x, states)
        loss = (weights[:, :, None] * (y - labels) ** 2).sum() / (weights.sum() * outputs)
        adam.zero_grad()
        loss.backward()
        gradient = flat([p.grad for p in learnt])
        norm = torch.nn.utils.clip_grad_norm_(learnt, clip_norm)
        adam.step()
        result["minibatches"].append(
            {
                "inputs": flat([x]),
                "labels": flat([labels]),
                "stepWeights": flat([weights]),
                "outputs": flat([y]),
                "ends": flat_states(states),
                "loss": loss.item(),
                "gradient": gradient,
                "gradientNorm": norm.item(),
                "weights": flat(learnt),
            }
        )
    norms = [minibatch["gradientNorm"] for minibatch in result["minibatches"]]
    assert min(norms) < clip_norm < max(norms), norms
    return result


def write(name, result):
    lines = []
    for minibatch in result.pop("minibatches"):
        fields = [f'"{key}": {json.dumps(value)}' for key, value in minibatch.items()]
        lines.append("{\n" + ",\n".join(fields) + "\n}")
    head = ",\n".join(f'"{key}": {json.dumps(value)}' for key, value in result.items())
    text = "{\n" + head + ',\n"minibatches": [\n' + ",\n".join(lines) + "\n]\n}\n"
    pathlib.Path(__file__).with_name(name).write_text(text)


if __name__ == "__main__":
    for seed, (name, text) in enumerate(
        {
            "lstm.json": "lstm(3) dense(1)",
            "lstm-stacked.json": "lstm(3) lstm(2) dense(1)",
            "lstm-projection.json": "lstm(4, projection=2) lstm(3, projection=1) dense(1)",
            "gru.json": "gru(3) gru(2) dense(1)",
            "gru-before.json": "gru(3, reset=before) dense(1)",
            "bidirectional-lstm.json": "bidirectional(lstm(3)) dense(1)",
            "bidirectional-projection.json": "bidirectional(lstm(3, projection=2)) dense(1)",
            "bidirectional-gru.json": "bidirectional(gru(3)) dense(1)",
            "bidirectional-merged.json": "bidirectional(gru(2), merge=sum)"
            " bidirectional(lstm(2), merge=average) bidirectional(gru(2), merge=multiply) dense(1)",
        }.items(),
        start=3,
    ):
        write(name, case(text, clip_norm=0.5, seed=seed, minibatches=20, resets=(3, 11)))
