package org.cellstream.jobs.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.nn.Dropout;
import org.cellstream.nn.Embedding;
import org.cellstream.nn.Layer;
import org.cellstream.nn.Network;
import org.cellstream.nn.Skip;

/** Which numbers of a network's input row its embeddings read as categories. */
final class CategoryColumns {

    private static final int COMPUTED = -1;

    private final List<Place> places = new ArrayList<>();

    private record Place(int input, Embedding layer) {}

    CategoryColumns(Network network) {
        List<Integer> inputs = IntStream.range(0, network.inputs()).boxed().toList();
        List<Integer> row = inputs;
        for (Layer layer : network.layers()) {
            List<Integer> above = new ArrayList<>();
            if (layer instanceof Embedding embedding) {
                int column = embedding.columnOf(row.size());
                if (row.get(column) != COMPUTED) {
                    places.add(new Place(row.get(column), embedding));
                }
                above.addAll(row);
                above.remove(column);
                above.addAll(Collections.nCopies(embedding.units(), COMPUTED));
            } else if (layer instanceof Skip) {
                above.addAll(row);
                above.addAll(inputs);
            } else if (layer instanceof Dropout) {
                above.addAll(row);
            } else {
                above.addAll(Collections.nCopies(layer.outputs(row.size()), COMPUTED));
            }
            row = above;
        }
    }

    /**
     * Checks that a row has categories where embeddings read them.
     *
     * @param names of the row's numbers
     * @throws WrongInputException if not; it names the column, the value and what is allowed
     */
    void check(List<String> names, float[] row) throws WrongInputException {
        for (Place place : places) {
            float value = row[place.input()];
            if (place.layer().category(value) < 0) {
                throw new WrongInputException(
                        "%s is %s; need a whole number from 0 to %d, which %s reads"
                                .formatted(
                                        names.get(place.input()),
                                        text(value),
                                        place.layer().categories() - 1,
                                        place.layer()));
            }
        }
    }

    /** Whole numbers as people write them. */
    private static String text(float value) {
        return value == (int) value ? Integer.toString((int) value) : Float.toString(value);
    }
}
