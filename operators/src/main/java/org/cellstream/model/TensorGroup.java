package org.cellstream.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cellstream.nn.Parameter;

/**
 * The tensors of one layer of a PyTorch state dict. PyTorch stacks recurrent layers into one module
 * and numbers them by the ending {@code _l0}, {@code _l1}; each is a layer of its own here.
 *
 * @param name the module's name; may be empty
 * @param level which layer of the module, 0 but for stacked recurrent ones
 * @param tensors by their endings, those of recurrent layers as in level 0
 */
record TensorGroup(String name, int level, Map<String, Tensor> tensors) {

    private static final Pattern RECURRENT =
            Pattern.compile("(?:(.*)\\.)?((?:weight|bias)_(?:ih|hh|hr))_l(\\d{1,6})(_reverse)?");
    private static final Pattern OTHER = Pattern.compile("(?:(.*)\\.)?([^.]+)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private record Place(String name, int level) {}

    /** All groups, in the order of the first tensor of each. */
    static List<TensorGroup> of(List<Tensor> tensors) {
        Map<Place, Map<String, Tensor>> groups = new LinkedHashMap<>();
        for (Tensor tensor : tensors) {
            Matcher recurrent = RECURRENT.matcher(tensor.name());
            Matcher other = OTHER.matcher(tensor.name());
            if (recurrent.matches()) {
                String reverse = recurrent.group(4) == null ? "" : "_reverse";
                int level = Integer.parseInt(recurrent.group(3));
                groups.computeIfAbsent(
                                new Place(text(recurrent.group(1)), level),
                                place -> new LinkedHashMap<>())
                        .put(recurrent.group(2) + "_l0" + reverse, tensor);
            } else if (other.matches()) {
                groups.computeIfAbsent(
                                new Place(text(other.group(1)), 0), place -> new LinkedHashMap<>())
                        .put(other.group(2), tensor);
            } else {
                groups.put(new Place(tensor.name(), 0), Map.of("", tensor));
            }
        }
        List<TensorGroup> all = new ArrayList<>();
        groups.forEach(
                (place, some) -> all.add(new TensorGroup(place.name(), place.level(), some)));
        return all;
    }

    private static String text(String group) {
        return group == null ? "" : group;
    }

    /**
     * Whether the names say that this group comes before another: stacked layers of one module, and
     * names that differ in a number only ({@code fc1}, {@code fc2}; {@code lstm}, {@code lstm_1}).
     */
    boolean comesBefore(TensorGroup other) {
        if (name.equals(other.name)) {
            return level < other.level;
        }
        if (!stem(name).equals(stem(other.name))) {
            return false;
        }
        List<Integer> mine = numbers(name);
        List<Integer> theirs = numbers(other.name);
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            int order = Integer.compare(mine.get(i), theirs.get(i));
            if (order != 0) {
                return order < 0;
            }
        }
        return mine.size() < theirs.size();
    }

    private static String stem(String name) {
        return name.replaceAll("_?\\d+", "");
    }

    private static List<Integer> numbers(String name) {
        return NUMBER.matcher(name)
                .results()
                .map(match -> match.group())
                .map(digits -> digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits))
                .toList();
    }

    /**
     * Whether this group holds a layer's parameters: each in its shape, and nothing else. Biases
     * may be missing, and of two a layer may have the sum.
     */
    boolean fits(List<Parameter> parameters) {
        int used = 0;
        for (Parameter parameter : parameters) {
            String ending = ending(parameter);
            Tensor tensor = tensors.get(ending);
            if (tensor == null) {
                if (!ending.startsWith("bias")) {
                    return false;
                }
                continue;
            }
            if (!isShaped(tensor, parameter)) {
                return false;
            }
            used++;
            Tensor second = tensors.get(secondBias(ending));
            if (second != null && sums(parameters, ending)) {
                if (!isShaped(second, parameter)) {
                    return false;
                }
                used++;
            }
        }
        return used == tensors.size();
    }

    private static boolean isShaped(Tensor tensor, Parameter parameter) {
        return tensor.shape().size() <= 2
                && tensor.dimension(0) == parameter.rows()
                && tensor.dimension(1) == parameter.columns();
    }

    /** Writes a layer's parameters into a network's weights, each from its offset on. */
    void copyTo(List<Parameter> parameters, int offset, float[] weights) {
        int at = offset;
        for (Parameter parameter : parameters) {
            String ending = ending(parameter);
            Tensor tensor = tensors.get(ending);
            if (tensor != null) {
                System.arraycopy(tensor.values(), 0, weights, at, parameter.size());
                Tensor second = tensors.get(secondBias(ending));
                if (second != null && sums(parameters, ending)) {
                    add(second.values(), weights, at);
                }
            }
            at += parameter.size();
        }
    }

    /** A zero is not added: the sum with it would lose the sign of a negative zero. */
    private static void add(float[] values, float[] weights, int at) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                weights[at + i] += values[i];
            }
        }
    }

    /** Whether a layer has one bias where PyTorch has two. */
    static boolean sums(List<Parameter> parameters, String ending) {
        String second = secondBias(ending);
        return !second.equals(ending)
                && parameters.stream().noneMatch(p -> ending(p).equals(second));
    }

    static String secondBias(String ending) {
        return ending.replace("bias_ih_", "bias_hh_");
    }

    static String ending(Parameter parameter) {
        return parameter.name().substring(parameter.name().indexOf('.') + 1);
    }

    /** How a message names it. */
    @Override
    public String toString() {
        String of = name.isEmpty() ? "" : name + ".";
        return tensors.values().size() == 1 && tensors.containsKey("")
                ? name
                : "%s%s %s".formatted(of, level == 0 ? "*" : "*_l" + level, shapes());
    }

    /** Endings and shapes of its tensors, for messages. */
    String shapes() {
        return tensors.isEmpty()
                ? "none"
                : String.join(
                        " ",
                        tensors.entrySet().stream()
                                .map(e -> e.getKey() + e.getValue().shape())
                                .toList());
    }
}
