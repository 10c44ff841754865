package org.cellstream.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the orders in which groups of tensors can be the layers of a network, bottom first: the
 * first two in the order of the file. All searches together are bounded, since a file may hold
 * hundreds of layers of one shape.
 */
final class Arrangements {

    private static final int MOST_STEPS = 200_000;

    private final List<TensorGroup> groups;

    /** Whether the names say that one group comes before another. */
    private final boolean[][] isBefore;

    private final boolean[] taken;
    private final List<TensorGroup> order = new ArrayList<>();
    private final List<List<TensorGroup>> found = new ArrayList<>();
    private int steps;

    Arrangements(List<TensorGroup> groups) {
        this.groups = groups;
        this.taken = new boolean[groups.size()];
        this.isBefore = new boolean[groups.size()][groups.size()];
        for (int g = 0; g < groups.size(); g++) {
            for (int other = 0; other < groups.size(); other++) {
                isBefore[g][other] = g != other && groups.get(g).comesBefore(groups.get(other));
            }
        }
    }

    /** Whether a group can be layer {@code index} on top of the group below. */
    @FunctionalInterface
    interface Rule {
        boolean allows(int index, TensorGroup group, @Nullable TensorGroup below);
    }

    /**
     * What there is.
     *
     * @param found up to two orders
     * @param whole whether the search came to its end, if it did not find two
     */
    record Result(List<List<TensorGroup>> found, boolean whole) {}

    /** Orders of all groups, if there are as many as layers. */
    Result find(int layers, Rule rule) {
        found.clear();
        if (layers == groups.size()) {
            search(layers, rule);
        }
        return new Result(List.copyOf(found), steps <= MOST_STEPS);
    }

    private void search(int layers, Rule rule) {
        if (order.size() == layers) {
            found.add(List.copyOf(order));
            return;
        }
        TensorGroup below = order.isEmpty() ? null : order.get(order.size() - 1);
        for (int g = 0; g < taken.length && found.size() < 2 && steps <= MOST_STEPS; g++) {
            TensorGroup group = groups.get(g);
            if (!taken[g] && isNext(g)) {
                steps++;
                if (rule.allows(order.size(), group, below)) {
                    taken[g] = true;
                    order.add(group);
                    search(layers, rule);
                    order.remove(order.size() - 1);
                    taken[g] = false;
                }
            }
        }
    }

    /** Whether no group that is still to come has a name that belongs before. */
    private boolean isNext(int group) {
        for (int g = 0; g < taken.length; g++) {
            if (!taken[g] && isBefore[g][group]) {
                return false;
            }
        }
        return true;
    }
}
