package org.cellstream.jobs.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.cellstream.model.ModelFormatException;

/**
 * The standardisation of inputs that a model file's metadata {@value #NAME} holds, as {@code
 * {"mean": [...], "scale": [...]}}: each input minus its mean, divided by its scale, which is what
 * scikit-learn's {@code StandardScaler} calls them.
 */
final class Standardiser {

    static final String NAME = "standardisation";

    /** A job's columns, whose transforms are not applied here. */
    static final String COLUMNS = "columns";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final double[] mean;
    private final double[] scale;

    private Standardiser(double[] mean, double[] scale) {
        this.mean = mean;
        this.scale = scale;
    }

    /** Inputs as they are. */
    static Standardiser none() {
        return new Standardiser(new double[0], new double[0]);
    }

    static Standardiser of(Path file, Map<String, String> metadata, int inputs)
            throws ModelFormatException {
        if (metadata.containsKey(COLUMNS)) {
            throw new ModelFormatException(
                    file,
                    "metadata \"" + COLUMNS + "\"",
                    "there are transforms, which only a job applies; --raw takes inputs as they"
                            + " are");
        }
        return scaling(file, metadata, inputs);
    }

    /** The same of inputs that are what the columns give, if there are any. */
    static Standardiser scaling(Path file, Map<String, String> metadata, int inputs)
            throws ModelFormatException {
        String text = metadata.get(NAME);
        if (text == null) {
            return none();
        }
        try {
            JsonNode tree = JSON.readTree(text);
            double[] mean = numbers(tree.path("mean"));
            double[] scale = numbers(tree.path("scale"));
            boolean wrong = mean.length != inputs || scale.length != inputs;
            for (int i = 0; !wrong && i < inputs; i++) {
                wrong = !Double.isFinite(mean[i] / scale[i]);
            }
            if (wrong) {
                throw new ModelFormatException(file, place(), need(inputs));
            }
            return new Standardiser(mean, scale);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(file, place(), need(inputs), e);
        }
    }

    private static String place() {
        return "metadata \"" + NAME + "\"";
    }

    private static String need(int inputs) {
        return "need {\"mean\": [...], \"scale\": [...]} with %d numbers each, no scale 0"
                .formatted(inputs);
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).isNumber() ? list.get(i).asDouble() : Double.NaN;
        }
        return numbers;
    }

    /** Whether inputs stay as they are. */
    boolean isNone() {
        return mean.length == 0;
    }

    /** What is taken off each input; one number an input, not to be written. */
    double[] mean() {
        return mean;
    }

    /** What each input is then divided by; one number an input, not to be written. */
    double[] scale() {
        return scale;
    }

    float[] apply(double[] x) {
        float[] row = new float[x.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (mean.length == 0 ? x[i] : (x[i] - mean[i]) / scale[i]);
        }
        return row;
    }
}
