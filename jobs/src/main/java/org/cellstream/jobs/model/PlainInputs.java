package org.cellstream.jobs.model;

import java.util.List;
import org.cellstream.jobs.replay.WrongInputException;

/** Every column of the file as it is, or minus its mean, divided by its scale. */
final class PlainInputs implements ModelInputs {

    private final int width;
    private final Standardisation standardisation;

    PlainInputs(int width, Standardisation standardisation) {
        this.width = width;
        this.standardisation = standardisation;
    }

    @Override
    public List<String> fields(List<String> others) throws WrongInputException {
        if (others.size() != width) {
            throw new WrongInputException(
                    "the file has %d input columns (%s); the network takes %d"
                            .formatted(others.size(), String.join(", ", others), width));
        }
        return others;
    }

    @Override
    public boolean readsTime() {
        return false;
    }

    @Override
    public float[] row(String key, long time, double[] numbers) {
        float[] row = new float[numbers.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) standardisation.of(i, numbers[i]);
        }
        return row;
    }
}
