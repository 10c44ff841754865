package org.cellstream.jobs.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.cellstream.features.Columns;
import org.cellstream.features.KeyedColumns;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.cellstream.nn.Network;

/**
 * What the metadata of a model file says of its inputs: {@value #COLUMNS}, in a job's grammar, and
 * {@link Standardisation#NAME}. Without either they are the columns of the file, as they are.
 */
final class ModelMetadata {

    static final String COLUMNS = "columns";

    private ModelMetadata() {}

    /** Every column of the file as it is, whatever the metadata says. */
    static ModelInputs raw(ModelFile model) {
        return new PlainInputs(model.network(), Standardisation.none());
    }

    /**
     * @param file for messages
     * @throws ModelFormatException if what the metadata says cannot be done
     */
    static ModelInputs inputs(Path file, ModelFile model) throws ModelFormatException {
        Map<String, String> metadata = model.metadata();
        int width = model.network().inputs();
        Standardisation standardisation = Standardisation.of(file, metadata, width);
        String text = metadata.get(COLUMNS);
        if (text != null) {
            return transformed(file, text, model.network(), standardisation);
        }
        if (standardisation.running() != null) {
            throw new ModelFormatException(
                    file,
                    Standardisation.place(),
                    "a rate needs \"columns\" beside it, which say what is standardised");
        }
        return new PlainInputs(model.network(), standardisation);
    }

    private static ModelInputs transformed(
            Path file, String text, Network network, Standardisation standardisation)
            throws ModelFormatException {
        String place = "metadata \"" + COLUMNS + "\"";
        Columns columns;
        try {
            columns = Columns.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, place, String.valueOf(e.getMessage()), e);
        }
        int width = network.inputs();
        if (columns.width() != width) {
            throw new ModelFormatException(
                    file,
                    place,
                    "\"%s\" makes %d inputs; the network takes %d"
                            .formatted(columns, columns.width(), width));
        }
        try {
            return new TransformedInputs(columns, network, keys(columns, standardisation));
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(
                    file, Standardisation.place(), String.valueOf(e.getMessage()), e);
        }
    }

    private static KeyedColumns keys(Columns columns, Standardisation standardisation) {
        if (standardisation.running() != null) {
            return KeyedColumns.running(columns, standardisation.running());
        }
        if (standardisation.mean().length > 0) {
            return KeyedColumns.fixed(columns, standardisation.mean(), standardisation.scale());
        }
        double[] ones = new double[columns.width()];
        Arrays.fill(ones, 1);
        return KeyedColumns.fixed(columns, new double[columns.width()], ones);
    }
}
