package org.cellstream.jobs.model;

import io.jhdf.api.Group;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a {@code .keras} file. They bear the layers' classes and an order, not their names
 * ({@code gru}, {@code gru_1}; with gaps in Keras 2.13), so that the k-th layer of a class is the
 * k-th group of that stem.
 *
 * @param group of the model; null if it has no variables
 */
record ObjectSource(HdfTensors tensors, @Nullable Group group) implements KerasSource {

    private static final List<String> CONTAINERS =
            List.of("layers", "_layer_checkpoint_dependencies");

    @Override
    public @Nullable LayerVariables layer(String name, String kind, int index) {
        Group found = find(kind, index);
        return found == null ? null : new ObjectVariables(tensors, found);
    }

    @Override
    public KerasSource model(String name, String kind, int index) {
        return new ObjectSource(tensors, find(kind, index));
    }

    private @Nullable Group find(String kind, int index) {
        for (String container : CONTAINERS) {
            if (group != null && group.getChild(container) instanceof Group all) {
                String stem = snake(kind);
                List<String> names =
                        all.getChildren().keySet().stream()
                                .filter(name -> name.matches(stem + "(_\\d{1,9})?"))
                                .sorted(Comparator.comparingInt(ObjectSource::number))
                                .toList();
                return index < names.size() && all.getChild(names.get(index)) instanceof Group one
                        ? one
                        : null;
            }
        }
        return null;
    }

    private static int number(String name) {
        String digits = name.substring(name.lastIndexOf('_') + 1);
        return digits.matches("\\d+") ? Integer.parseInt(digits) : 0;
    }

    /** Keras' own rule: {@code TimeDistributed} becomes {@code time_distributed}. */
    static String snake(String kind) {
        return kind.replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
