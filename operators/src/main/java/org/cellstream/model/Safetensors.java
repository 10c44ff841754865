package org.cellstream.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a safetensors file holds: 8 bytes with the length of a JSON header, the header, and the
 * floats.
 *
 * @param metadata texts by name
 * @param tensors in the order in which they lie in the file, names all different
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public record Safetensors(Map<String, String> metadata, List<Tensor> tensors) {

    public Safetensors {
        metadata = Map.copyOf(metadata);
        tensors = List.copyOf(tensors);
        Set<String> names = new HashSet<>();
        for (Tensor tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException(
                        "there are two tensors \"" + tensor.name() + "\"; need different names");
            }
        }
    }

    /**
     * Reads a whole file. Numbers that are not 32 bits wide are converted.
     *
     * @throws ModelFormatException if the file is none, or is broken
     */
    public static Safetensors read(Path file) throws IOException {
        return new SafetensorsReader(file).read();
    }

    /** Writes a file that PyTorch's and every other reader takes; replaces one that is there. */
    public void write(Path file) throws IOException {
        SafetensorsWriter.write(this, file);
    }
}
