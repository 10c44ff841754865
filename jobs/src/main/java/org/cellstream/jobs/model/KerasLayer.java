package org.cellstream.jobs.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.cellstream.model.ModelFormatException;

/**
 * One layer of a Keras model, its options read as Keras names them.
 *
 * @param path its name, behind those of the models and layers that it is in
 * @param kind Keras' class
 */
record KerasLayer(Path file, String path, String kind, JsonNode config, LayerVariables variables) {

    String text(String option, String missing) {
        JsonNode value = config.path(option);
        if (value.isObject()) {
            // Activations of classes of their own, and functions of the user's.
            String name = value.path("class_name").asText(missing);
            JsonNode config = value.path("config");
            return config.isTextual() ? name + "." + config.asText() : name;
        }
        return value.asText(missing);
    }

    boolean flag(String option, boolean missing) {
        return config.path(option).asBoolean(missing);
    }

    double number(String option, double missing) {
        return config.path(option).asDouble(missing);
    }

    int size(String option) throws ModelFormatException {
        int size = config.path(option).asInt(0);
        if (size < 1) {
            throw refused(option, config.path(option).toString() + "; need a number from 1");
        }
        return size;
    }

    /** Refuses an option that has one of the values that cannot be carried over. */
    void need(String option, String missing, List<String> allowed) throws ModelFormatException {
        String value = text(option, missing);
        if (!allowed.contains(value)) {
            throw refused(option, value + "; need " + String.join(" or ", allowed));
        }
    }

    /** That an option "axis", if it is there, is the last of the three of time step inputs. */
    void needLastAxis() throws ModelFormatException {
        JsonNode axis = config.path("axis");
        JsonNode one = axis.isArray() && axis.size() == 1 ? axis.get(0) : axis;
        boolean last = one.isInt() && (one.intValue() == -1 || one.intValue() == 2);
        if (!axis.isMissingNode() && !axis.isNull() && !last) {
            throw refused("axis", axis + "; need -1");
        }
    }

    void needFlag(String option, boolean missing, boolean allowed) throws ModelFormatException {
        if (flag(option, missing) != allowed) {
            throw refused(option, !allowed + "; need " + allowed);
        }
    }

    ModelFormatException refused(String option, String why) {
        return new ModelFormatException(file, place(), option + " is " + why);
    }

    ModelFormatException refused(String why) {
        return new ModelFormatException(file, place(), why);
    }

    private String place() {
        return "layer %s (%s)".formatted(path, kind);
    }

    /** The same layer seen as the one that it wraps. */
    KerasLayer wrapped(JsonNode inner, LayerVariables of) {
        String name = inner.path("config").path("name").asText("?");
        return new KerasLayer(
                file,
                path + "/" + name,
                inner.path("class_name").asText("?"),
                inner.path("config"),
                of);
    }
}
