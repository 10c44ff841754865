package org.cellstream.benchmarks.train;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cellstream.benchmarks.peers.DjlTorch;
import org.cellstream.benchmarks.peers.JarVersion;
import org.cellstream.benchmarks.peers.PythonTorch;

/** The libraries that are there. */
final class TrainPeers implements AutoCloseable {

    private final List<TrainPeer> list = new ArrayList<>();
    private final Optional<PythonTorch> python;

    TrainPeers() throws IOException {
        String dl4j = JarVersion.of("deeplearning4j-nn");
        list.add(new TrainPeer("dl4j", dl4j, Dl4jTraining::new));
        Engine engine = DjlTorch.engine();
        list.add(
                new TrainPeer(
                        "djlTorch", engine.getVersion(), cell -> new DjlTraining(cell, engine)));
        python = PythonTorch.start();
        python.ifPresent(
                torch ->
                        list.add(
                                new TrainPeer(
                                        "pythonTorch",
                                        torch.version(),
                                        cell -> new PythonTraining(cell, torch))));
    }

    List<TrainPeer> list() {
        return List.copyOf(list);
    }

    @Override
    public void close() throws IOException {
        if (python.isPresent()) {
            python.get().close();
        }
    }
}
