package org.cellstream.jobs.model;

import java.util.List;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.nn.Network;

/** Every column of the file as it is, or minus its mean, divided by its scale. */
final class PlainInputs implements ModelInputs {

    private final int width;
    private final CategoryColumns categories;
    private final Standardisation standardisation;
    private List<String> names = List.of();

    PlainInputs(Network network, Standardisation standardisation) {
        this.width = network.inputs();
        this.categories = new CategoryColumns(network);
        this.standardisation = standardisation;
    }

    @Override
    public List<String> fields(List<String> others) throws WrongInputException {
        if (others.size() != width) {
            throw new WrongInputException(
                    "the file has %d input columns (%s); the network takes %d"
                            .formatted(others.size(), String.join(", ", others), width));
        }
        names = List.copyOf(others);
        return names;
    }

    @Override
    public boolean readsTime() {
        return false;
    }

    @Override
    public float[] row(String key, long time, double[] numbers) throws WrongInputException {
        float[] row = new float[numbers.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) standardisation.of(i, numbers[i]);
        }
        categories.check(names, row);
        return row;
    }
}
