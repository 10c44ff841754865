package org.cellstream.jobs.model;

import java.util.List;
import org.cellstream.features.Columns;
import org.cellstream.features.KeyedColumns;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.nn.Network;

/** Columns with transforms, as a job has them: each key with its own last values. */
final class TransformedInputs implements ModelInputs {

    private final Columns columns;
    private final KeyedColumns keys;
    private final CategoryColumns categories;
    private final List<String> names;

    TransformedInputs(Columns columns, Network network, KeyedColumns keys) {
        this.columns = columns;
        this.categories = new CategoryColumns(network);
        this.names = columns.inputNames();
        this.keys = keys;
    }

    @Override
    public List<String> fields(List<String> others) throws WrongInputException {
        for (String field : columns.fields()) {
            if (!others.contains(field)) {
                throw new WrongInputException(
                        "the columns of the model, \"%s\", read \"%s\"; the file has %s"
                                .formatted(columns, field, String.join(", ", others)));
            }
        }
        return columns.fields();
    }

    @Override
    public boolean readsTime() {
        return columns.readsTime();
    }

    @Override
    public List<String> mayBeEmpty() {
        return columns.fieldsThatMayBeMissing();
    }

    @Override
    public float[] row(String key, long time, double[] numbers) throws WrongInputException {
        float[] row = new float[columns.width()];
        String rejected = keys.advance(key, time, numbers, row);
        if (rejected != null) {
            throw new WrongInputException(rejected);
        }
        try {
            categories.check(names, row);
        } catch (WrongInputException e) {
            keys.takeBack();
            throw e;
        }
        return row;
    }

    @Override
    public void takeBack() {
        keys.takeBack();
    }
}
