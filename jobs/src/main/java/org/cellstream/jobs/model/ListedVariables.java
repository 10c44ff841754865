package org.cellstream.jobs.model;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.Tensor;

/**
 * Variables as an {@code .h5} file holds them: listed by name for each layer of the outermost model
 * in the order in which Keras made them, those that are not trained last.
 */
final class ListedVariables implements LayerVariables {

    private static final String NAMES = "weight_names";

    private final HdfTensors tensors;
    private final String place;
    private final Queue<Dataset> trained = new ArrayDeque<>();
    private final Queue<Dataset> others = new ArrayDeque<>();

    ListedVariables(HdfTensors tensors, String place) {
        this.tensors = tensors;
        this.place = place;
    }

    /** Adds those of one group. */
    ListedVariables add(Group layer) throws ModelFormatException {
        for (String name : tensors.texts(layer, NAMES)) {
            if (!(tensors.at(layer, name) instanceof Dataset dataset)) {
                throw new ModelFormatException(
                        tensors.file(),
                        "group " + layer.getPath(),
                        name + " is a group; need a dataset");
            }
            (name.contains("moving_") ? others : trained).add(dataset);
        }
        return this;
    }

    @Override
    public List<Tensor> take(String part, int trainedCount, int otherCount) throws IOException {
        List<Tensor> taken = new ArrayList<>();
        take(trained, trainedCount, taken);
        take(others, otherCount, taken);
        return taken;
    }

    private void take(Queue<Dataset> from, int count, List<Tensor> into) throws IOException {
        for (int i = 0; i < count; i++) {
            Dataset next = from.poll();
            if (next == null) {
                throw new ModelFormatException(
                        tensors.file(), place, "has fewer weights than the network's layers take");
            }
            into.add(tensors.tensor(next));
        }
    }
}
