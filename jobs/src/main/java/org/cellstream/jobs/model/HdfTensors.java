package org.cellstream.jobs.model;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.Tensor;
import org.jspecify.annotations.Nullable;

/** Tensors and texts of a Keras file's HDF5. */
final class HdfTensors {

    private HdfTensors() {}

    /** A dataset of floats. */
    static Tensor tensor(Path file, Dataset dataset) throws ModelFormatException {
        String place = "dataset " + dataset.getPath();
        int[] shape = dataset.getDimensions();
        long most = Runtime.getRuntime().maxMemory() / (4 * Float.BYTES);
        long size = 1;
        for (int dimension : shape) {
            size = dimension == 0 ? 0 : Math.multiplyExact(size, dimension);
            if (size > most || dimension < 0) {
                throw new ModelFormatException(
                        file,
                        place,
                        "its shape is %s; this JVM's heap takes %d floats, more with -Xmx"
                                .formatted(Arrays.toString(shape), most));
            }
        }
        Object data = dataset.getDataFlat();
        float[] values;
        if (data instanceof float[] floats) {
            values = floats;
        } else if (data instanceof double[] doubles) {
            values = new float[doubles.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) doubles[i];
            }
        } else {
            throw new ModelFormatException(
                    file,
                    place,
                    "its type is %s; need 32 or 64 bit floats".formatted(dataset.getJavaType()));
        }
        if (values.length != size) {
            throw new ModelFormatException(
                    file,
                    place,
                    "has %d floats; its shape %s takes %d"
                            .formatted(values.length, Arrays.toString(shape), size));
        }
        List<Integer> dimensions = IntStream.of(shape).boxed().toList();
        return new Tensor(dataset.getPath(), dimensions, values);
    }

    /** What lies under a path of names. */
    static Node at(Path file, Group group, String path) throws ModelFormatException {
        Node node = group;
        for (String name : path.split("/", -1)) {
            Node child = node instanceof Group inner ? inner.getChild(name) : null;
            if (child == null) {
                throw new ModelFormatException(
                        file,
                        "group " + node.getPath(),
                        "has no \"%s\"; it has %s".formatted(name, names(node)));
            }
            node = child;
        }
        return node;
    }

    private static String names(Node node) {
        return node instanceof Group group
                ? group.getChildren().keySet().stream().limit(20).collect(Collectors.joining(", "))
                : "nothing";
    }

    /** The texts of an attribute; none if there is no such attribute. */
    static List<String> texts(Node node, String attribute) {
        Attribute found = node.getAttribute(attribute);
        Object data = found == null || found.isEmpty() ? null : found.getData();
        if (data instanceof String text) {
            return List.of(text);
        }
        return data instanceof String[] texts ? List.of(texts) : List.of();
    }

    /** The texts of a list that Keras cuts into attributes {@code name0, name1} if it is long. */
    static List<String> allTexts(Node node, String attribute) {
        List<String> all = new ArrayList<>(texts(node, attribute));
        for (int part = 0; node.getAttribute(attribute + part) != null; part++) {
            all.addAll(texts(node, attribute + part));
        }
        return all;
    }

    static @Nullable String text(Node node, String attribute) {
        List<String> texts = texts(node, attribute);
        return texts.isEmpty() ? null : texts.get(0);
    }
}
