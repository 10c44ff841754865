package org.cellstream.jobs.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the variables of the layers of one Keras model are. */
interface KerasSource {

    /**
     * Variables of a layer.
     *
     * @param index which of the model's layers of this class it is, from 0
     * @return null if there are none
     */
    @Nullable LayerVariables layer(String name, String kind, int index);

    /** The same of a model within the model. */
    KerasSource model(String name, String kind, int index);

    /** Whether it tells which variable is which layer's, and not only their order. */
    default boolean tellsLayers() {
        return true;
    }

    /** Variables listed for each layer of the outermost model, by its name. */
    static KerasSource byName(Map<String, LayerVariables> layers) {
        Map<String, LayerVariables> all = new HashMap<>(layers);
        return new KerasSource() {
            @Override
            public @Nullable LayerVariables layer(String name, String kind, int index) {
                return all.get(name);
            }

            @Override
            public KerasSource model(String name, String kind, int index) {
                LayerVariables inner = all.get(name);
                return inner == null ? byName(Map.of()) : inOneList(inner);
            }
        };
    }

    /** Variables listed together: every layer takes the next ones. */
    static KerasSource inOneList(LayerVariables all) {
        return new KerasSource() {
            @Override
            public LayerVariables layer(String name, String kind, int index) {
                return all;
            }

            @Override
            public KerasSource model(String name, String kind, int index) {
                return this;
            }

            @Override
            public boolean tellsLayers() {
                return false;
            }
        };
    }
}
