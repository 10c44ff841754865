package org.cellstream.nn;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** Looks into what a forward pass kept. */
public final class TestingActivations {

    private TestingActivations() {}

    /** All arrays that are kept of a layer, whatever its kind, by their names. */
    public static Map<String, float[]> arrays(LayerActivations layer) {
        Map<String, float[]> arrays = new TreeMap<>();
        for (RecordComponent component : layer.getClass().getRecordComponents()) {
            try {
                arrays.put(component.getName(), (float[]) component.getAccessor().invoke(layer));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(component + " cannot be read", e);
            }
        }
        return arrays;
    }
}
