package org.cellstream.benchmarks.step;

import java.util.Locale;
import org.cellstream.benchmarks.peers.LayerTensors;
import org.cellstream.benchmarks.peers.PythonTorch;

/** PyTorch in Python: {@code torch.lstm_cell} and {@code torch.gru_cell}. */
final class PythonStep implements StepSystem {

    private final PythonTorch torch;

    /** Takes the process for itself until the next one is made. */
    PythonStep(StepCell cell, PythonTorch torch) {
        this.torch = torch;
        LayerTensors tensors = new LayerTensors(StepCell.weights(cell.network()));
        String layer = cell.kind().layer();
        float[] bias = tensors.get(layer + ".bias_ih_l0");
        String second = layer + ".bias_hh_l0";
        torch.array("x", cell.inputs());
        torch.array("w_ih", tensors.get(layer + ".weight_ih_l0"));
        torch.array("w_hh", tensors.get(layer + ".weight_hh_l0"));
        torch.array("b_ih", bias);
        torch.array("b_hh", tensors.has(second) ? tensors.get(second) : new float[bias.length]);
        torch.ask(
                String.format(
                        Locale.ROOT,
                        "step %s %d %d %d",
                        layer,
                        StepCell.INPUTS,
                        cell.hidden(),
                        cell.batch()));
    }

    @Override
    public void call() {
        torch.ask("run 1");
    }

    @Override
    public long nanos(long count) {
        return torch.ask("run " + count).number();
    }

    @Override
    public float[] hidden() {
        return torch.ask("result").floats();
    }
}
