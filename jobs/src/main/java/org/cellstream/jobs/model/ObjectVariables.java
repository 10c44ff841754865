package org.cellstream.jobs.model;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.Tensor;

/** Variables as a {@code .keras} file holds them: a group for each object, numbered within it. */
record ObjectVariables(HdfTensors hdf, Group layer) implements LayerVariables {

    @Override
    public List<Tensor> take(String part, int trained, int others) throws IOException {
        String path = part.isEmpty() ? "vars" : part + "/vars";
        Node found = hdf.at(layer, path);
        int count = trained + others;
        int there = found instanceof Group group ? group.getChildren().size() : -1;
        if (there != count) {
            throw new ModelFormatException(
                    hdf.file(),
                    "group " + found.getPath(),
                    "has %d variables; need %d".formatted(there, count));
        }
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Node variable = hdf.at(layer, path + "/" + i);
            if (!(variable instanceof Dataset dataset)) {
                throw new ModelFormatException(
                        hdf.file(), "group " + variable.getPath(), "is a group; need a dataset");
            }
            tensors.add(hdf.tensor(dataset));
        }
        return tensors;
    }
}
