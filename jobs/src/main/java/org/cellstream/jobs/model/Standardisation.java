package org.cellstream.jobs.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.model.ModelFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The standardisation of inputs that a model file's metadata {@value #NAME} holds. {@code {"mean":
 * [...], "scale": [...]}} is each input minus its mean, divided by its scale, which is what
 * scikit-learn's {@code StandardScaler} calls them. {@code {"rate": r, "clip": c}} is a job's, by
 * the running mean and deviation of each key.
 *
 * @param mean one number per input; none if inputs stay as they are
 * @param scale as many
 * @param running of each key instead; null if it is not running
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Standardisation(double[] mean, double[] scale, @Nullable StandardisationConfig running) {

    static final String NAME = "standardisation";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Inputs as they are. */
    static Standardisation none() {
        return new Standardisation(new double[0], new double[0], null);
    }

    /**
     * @throws ModelFormatException if there is one that cannot be applied
     */
    static Standardisation of(Path file, Map<String, String> metadata, int inputs)
            throws ModelFormatException {
        String text = metadata.get(NAME);
        if (text == null) {
            return none();
        }
        try {
            JsonNode tree = JSON.readTree(text);
            if (tree.has("rate") || tree.has("clip")) {
                double rate = number(tree.path("rate"));
                double clip = number(tree.path("clip"));
                return new Standardisation(
                        new double[0], new double[0], new StandardisationConfig(rate, clip));
            }
            double[] mean = numbers(tree.path("mean"));
            double[] scale = numbers(tree.path("scale"));
            boolean wrong = mean.length != inputs || scale.length != inputs;
            for (int i = 0; !wrong && i < inputs; i++) {
                wrong = !Double.isFinite(mean[i] / scale[i]);
            }
            if (wrong) {
                throw new ModelFormatException(file, place(), need(inputs));
            }
            return new Standardisation(mean, scale, null);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ModelFormatException(file, place(), need(inputs), e);
        }
    }

    static String place() {
        return "metadata \"" + NAME + "\"";
    }

    private static String need(int inputs) {
        return ("need {\"mean\": [...], \"scale\": [...]} with %d numbers each, no scale 0, or"
                        + " {\"rate\": 0.002, \"clip\": 6}, both above 0, the rate at most 1")
                .formatted(inputs);
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(list.get(i));
        }
        return numbers;
    }

    private static double number(JsonNode number) {
        return number.isNumber() ? number.asDouble() : Double.NaN;
    }

    /** An input's number as the network takes it; not for a running one. */
    double of(int input, double x) {
        return mean.length == 0 ? x : (x - mean[input]) / scale[input];
    }
}
