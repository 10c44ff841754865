package org.cellstream.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Columns at random, of anything that the grammar allows. */
final class TestingColumns {

    private static final String[] CHARACTERS = {
        "a", "B", "7", " ", "(", ")", ".", "-", "\"", "%", "ü", "温", "🚀", "\t", "/"
    };

    private static final String[] WORDS = {"gap", "time", "key", "log", "lag(3)", "clip(1"};

    private static final String[] NO_FIELDS = {Source.GAP, Source.TIME, Source.KEY};

    private TestingColumns() {}

    /** One to six columns; at least one of them may be the target. */
    static List<Column> random(Random random) {
        var names = new TreeSet<String>();
        int count = 1 + random.nextInt(6);
        while (names.size() < count) {
            names.add(random.nextInt(4) == 0 ? pick(WORDS, random) : word(random, true));
        }
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            Source source = source(name, !columns.isEmpty(), random);
            columns.add(new Column(name, source, transforms(source, !columns.isEmpty(), random)));
        }
        return columns;
    }

    /** The name of a column that may be the target. */
    static String target(List<Column> columns, Random random) {
        List<String> allowed =
                columns.stream()
                        .filter(c -> c.source().isOfFields() && c.form() != InputForm.ANGLE)
                        .map(Column::name)
                        .toList();
        return allowed.get(random.nextInt(allowed.size()));
    }

    /** The columns as text, with blanks around them. */
    static String text(List<Column> columns, Random random) {
        List<String> texts = new ArrayList<>();
        for (Column column : columns) {
            texts.add(" ".repeat(random.nextInt(3)) + column + "\n".repeat(random.nextInt(2)));
        }
        return String.join(",", texts);
    }

    private static Source source(String name, boolean noTarget, Random random) {
        boolean field = !name.contains("/") && !Source.WORDS.containsKey(name);
        return switch (random.nextInt(4)) {
            case 0 -> new Source(word(random, false), word(random, false));
            case 1 -> new Source(field ? name : word(random, false), null);
            case 2 -> new Source(noTarget ? pick(NO_FIELDS, random) : word(random, false), null);
            default -> new Source(word(random, false), null);
        };
    }

    private static List<Transform> transforms(Source source, boolean noTarget, Random random) {
        if (source.isKey()) {
            return List.of(new KeyCategory(1 + random.nextInt(Category.MOST)));
        }
        List<Transform> transforms = new ArrayList<>();
        if (source.isTime() && random.nextBoolean()) {
            transforms.add(pick(TimePart.values(), random));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            Transform transform = transform(random);
            if (!source.isGap() || takesFirstGap(transform)) {
                transforms.add(transform);
            }
        }
        if (noTarget && random.nextInt(3) == 0) {
            transforms.add(last(random));
        }
        return transforms;
    }

    /** One that makes something else of a value than a standardised number. */
    private static Transform last(Random random) {
        return random.nextBoolean()
                ? new Category(1 + random.nextInt(Category.MOST))
                : new Cyclic(Double.MIN_NORMAL + Math.abs(finite(random)));
    }

    /** Those that take a gap of 0 to 0, and so suit any row of them. */
    private static boolean takesFirstGap(Transform transform) {
        return transform != PlainTransform.LOG && !(transform instanceof Clip);
    }

    private static Transform transform(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Diff();
            case 1 -> new Lag(1 + random.nextInt(Lag.MOST));
            case 2 -> clip(random);
            default -> pick(PlainTransform.values(), random);
        };
    }

    private static Clip clip(Random random) {
        double low = finite(random);
        double high = finite(random);
        return low < high ? new Clip(low, high) : new Clip(-1, 10);
    }

    /** Of any size, many of them whole. Not -0, which no text means. */
    private static double finite(Random random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) && random.nextBoolean() ? any + 0.0 : random.nextInt(2_000);
    }

    /** Not empty, without blanks around it, and no field of a reserved name. */
    private static String word(Random random, boolean slash) {
        StringBuilder text = new StringBuilder("x");
        int last = CHARACTERS.length - (slash ? 0 : 1);
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(CHARACTERS[random.nextInt(last)]);
        }
        return text.toString().strip();
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
