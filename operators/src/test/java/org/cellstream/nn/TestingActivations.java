package org.cellstream.nn;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** Looks into what a forward pass kept. */
public final class TestingActivations {

    private TestingActivations() {}

    /**
     * All arrays that are kept of a layer, whatever its kind, by their names; those of a layer
     * within it have its name before theirs.
     */
    public static Map<String, float[]> arrays(LayerActivations layer) {
        Map<String, float[]> arrays = new TreeMap<>();
        for (RecordComponent component : layer.getClass().getRecordComponents()) {
            String name = component.getName();
            Object value = value(component, layer);
            if (value instanceof Activations within) {
                arrays(within.layer(0)).forEach((n, a) -> arrays.put(name + "." + n, a));
            } else if (value instanceof float[] array) {
                arrays.put(name, array);
            }
        }
        return arrays;
    }

    private static Object value(RecordComponent component, LayerActivations layer) {
        try {
            return component.getAccessor().invoke(layer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
