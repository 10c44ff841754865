package org.cellstream.benchmarks.step;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cellstream.benchmarks.peers.DjlTorch;
import org.cellstream.benchmarks.peers.JarVersion;
import org.cellstream.benchmarks.peers.PythonTorch;
import org.cellstream.benchmarks.step.StepCell.Kind;

/** The libraries that are there. */
final class StepPeers implements AutoCloseable {

    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    private final List<StepPeer> list = new ArrayList<>();
    private final Optional<PythonTorch> python;

    StepPeers() throws IOException {
        String nd4j = JarVersion.of("nd4j-api");
        String dl4j = JarVersion.of("deeplearning4j-nn");
        list.add(new StepPeer("dl4j", dl4j, EnumSet.of(Kind.LSTM), Dl4jStep::new));
        list.add(
                new StepPeer(
                        "nd4j",
                        nd4j,
                        ALL,
                        cell ->
                                cell.kind() == Kind.LSTM
                                        ? new Nd4jLstmStep(cell)
                                        : new Nd4jGruStep(cell)));
        String onnx = OrtEnvironment.getEnvironment().getVersion();
        list.add(new StepPeer("onnxRuntime", onnx, ALL, OnnxStep::new));
        Engine engine = DjlTorch.engine();
        list.add(
                new StepPeer(
                        "djlTorch", engine.getVersion(), ALL, cell -> new DjlStep(cell, engine)));
        python = PythonTorch.start();
        python.ifPresent(
                torch ->
                        list.add(
                                new StepPeer(
                                        "pythonTorch",
                                        torch.version(),
                                        ALL,
                                        cell -> new PythonStep(cell, torch))));
    }

    List<StepPeer> list() {
        return List.copyOf(list);
    }

    @Override
    public void close() throws IOException {
        if (python.isPresent()) {
            python.get().close();
        }
    }
}
