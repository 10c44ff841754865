package org.cellstream.jobs.model;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.DataLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Tensors and texts of one Keras file's HDF5. Nothing is allocated by a size that the file states
 * before that size has been checked against the file's.
 */
final class HdfTensors {

    private static final int LONGEST_LIST = 20;

    /** A text's length, the address of its heap and its number there: 4, 8 and 4 bytes. */
    private static final int REFERENCE = 16;

    private static final int PLACE = 12;

    /** That of texts without characters. */
    private static final ByteBuffer NOWHERE = ByteBuffer.allocate(PLACE);

    private final Path file;
    private final long bytes;
    private final long mostFloats;
    private long floats;

    /**
     * @param bytes of the HDF5
     */
    HdfTensors(Path file, long bytes) {
        this.file = file;
        this.bytes = bytes;
        this.mostFloats = Runtime.getRuntime().maxMemory() / (4 * Float.BYTES);
    }

    Path file() {
        return file;
    }

    /** A dataset of floats. */
    Tensor tensor(Dataset dataset) throws ModelFormatException {
        String place = "dataset " + dataset.getPath();
        if (dataset.getDataLayout() != DataLayout.CONTIGUOUS
                && dataset.getDataLayout() != DataLayout.COMPACT) {
            throw wrong(
                    place,
                    "its layout is %s; need it contiguous, as Keras writes it"
                            .formatted(dataset.getDataLayout()));
        }
        Class<?> type = dataset.getJavaType();
        if (type != float.class && type != double.class) {
            throw wrong(place, "its type is %s; need 32 or 64 bit floats".formatted(type));
        }
        checkSize(place, dataset.getDimensionsAsLong(), type == float.class ? 4 : 8);
        if (dataset.getSize() == 0) {
            throw wrong(place, "has no floats; need some");
        }
        int[] shape = dataset.getDimensions();
        floats += dataset.getSize();
        if (floats > mostFloats) {
            throw wrong(
                    place,
                    "with it there are %d floats; this JVM's heap takes %d, more with -Xmx"
                            .formatted(floats, mostFloats));
        }
        float[] values = floats(dataset.getDataFlat());
        if (values.length != dataset.getSize()) {
            throw wrong(
                    place,
                    "has %d floats; its shape %s takes %d"
                            .formatted(values.length, Arrays.toString(shape), dataset.getSize()));
        }
        return new Tensor(dataset.getPath(), IntStream.of(shape).boxed().toList(), values);
    }

    /** A scalar comes as a number, everything else as an array. */
    private static float[] floats(Object data) {
        if (data instanceof float[] floats) {
            return floats;
        }
        if (data instanceof double[] doubles) {
            float[] rounded = new float[doubles.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) doubles[i];
            }
            return rounded;
        }
        return new float[] {((Number) data).floatValue()};
    }

    /** Checks that so many elements fit into the file. */
    private void checkSize(String place, long[] shape, int elementBytes)
            throws ModelFormatException {
        long size = 1;
        for (long dimension : shape) {
            // Neither factor is above 2^62 / 2^31, so that nothing overflows.
            boolean isTooLarge = dimension < 0 || dimension > Integer.MAX_VALUE || size > bytes;
            size = isTooLarge ? Long.MAX_VALUE : size * dimension;
            if (isTooLarge) {
                break;
            }
        }
        if (size > bytes / elementBytes) {
            throw wrong(
                    place,
                    "its shape is %s; the file has only %d bytes"
                            .formatted(Arrays.toString(shape), bytes));
        }
    }

    /** What lies under a path of names. */
    Node at(Group group, String path) throws ModelFormatException {
        Node node = group;
        for (String name : path.split("/", -1)) {
            Node child = node instanceof Group inner ? inner.getChild(name) : null;
            if (child == null) {
                throw wrong(
                        "group " + node.getPath(),
                        "has no \"%s\"; it has %s".formatted(name, names(node)));
            }
            node = child;
        }
        return node;
    }

    private static String names(Node node) {
        return node instanceof Group group
                ? group.getChildren().keySet().stream()
                        .limit(LONGEST_LIST)
                        .collect(Collectors.joining(", "))
                : "nothing";
    }

    /** The texts of a list that Keras cuts into attributes {@code name0, name1} if it is long. */
    List<String> texts(Node node, String attribute) throws ModelFormatException {
        List<String> all = new ArrayList<>();
        addTexts(node.getAttribute(attribute), all);
        for (int part = 0; node.getAttribute(attribute + part) != null; part++) {
            addTexts(node.getAttribute(attribute + part), all);
        }
        return all;
    }

    /** The text of an attribute; null if there is none. */
    @Nullable String text(Node node, String attribute) throws ModelFormatException {
        List<String> texts = new ArrayList<>();
        addTexts(node.getAttribute(attribute), texts);
        return texts.isEmpty() ? null : texts.get(0);
    }

    private void addTexts(@Nullable Attribute attribute, List<String> into)
            throws ModelFormatException {
        if (attribute == null || attribute.isEmpty()) {
            return;
        }
        String place = "attribute " + attribute.getName();
        long[] shape = attribute.getDimensionsAsLong();
        checkSize(place, shape, 1);
        if (attribute.getDataType() instanceof VariableLength) {
            checkApart(place, attribute.getBuffer().duplicate());
        }
        Object data = attribute.getData();
        if (data instanceof String text) {
            into.add(text);
        } else if (data instanceof String[] texts) {
            into.addAll(List.of(texts));
        }
    }

    /**
     * Texts of any length lie elsewhere, where each place may be named once; else a list of one
     * long text many times would be far longer than the file.
     */
    private void checkApart(String place, ByteBuffer references) throws ModelFormatException {
        Set<ByteBuffer> places = new HashSet<>();
        while (references.remaining() >= REFERENCE) {
            ByteBuffer one = references.slice(references.position() + Integer.BYTES, PLACE);
            references.position(references.position() + REFERENCE);
            if (!places.add(one) && !one.equals(NOWHERE)) {
                throw wrong(place, "has one text twice in its list; need each by itself");
            }
        }
    }

    private ModelFormatException wrong(String place, String problem) {
        return new ModelFormatException(file, place, problem);
    }
}
