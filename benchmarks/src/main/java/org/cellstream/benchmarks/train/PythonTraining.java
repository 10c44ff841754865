package org.cellstream.benchmarks.train;

import java.util.Locale;
import org.cellstream.benchmarks.peers.LayerTensors;
import org.cellstream.benchmarks.peers.PythonTorch;

/** PyTorch in Python: {@code nn.LSTM}, {@code nn.Linear} and {@code optim.Adam}. */
final class PythonTraining implements TrainSystem {

    private final PythonTorch torch;

    /** Takes the process for itself until the next one is made. */
    PythonTraining(TrainCell cell, PythonTorch torch) {
        this.torch = torch;
        LayerTensors tensors = new LayerTensors(cell.weights());
        torch.array("x", cell.inputs());
        torch.array("y", cell.labels());
        torch.array("w_ih", tensors.get("lstm.weight_ih_l0"));
        torch.array("w_hh", tensors.get("lstm.weight_hh_l0"));
        torch.array("b_ih", tensors.get("lstm.bias_ih_l0"));
        torch.array("w", tensors.get("dense.weight"));
        torch.array("b", tensors.get("dense.bias"));
        torch.ask(
                String.format(
                        Locale.ROOT,
                        "train %d %d %d %d %s",
                        TrainCell.INPUTS,
                        cell.hidden(),
                        cell.batch(),
                        TrainCell.STEPS,
                        TrainCell.LEARNING_RATE));
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
    public float[] outputs() {
        return torch.ask("result").floats();
    }
}
