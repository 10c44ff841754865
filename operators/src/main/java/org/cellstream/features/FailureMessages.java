package org.cellstream.features;

import java.util.List;
import org.cellstream.features.FeatureFailure.Kind;

/** Says why an event is rejected. Off the hot path: it is asked only after a failure. */
final class FailureMessages {

    private final Columns columns;

    FailureMessages(Columns columns) {
        this.columns = columns;
    }

    /** The fields that the columns read, as text. */
    String fields() {
        return String.join(", ", columns.fields());
    }

    /**
     * A field whose number is missing (NaN) or infinite; the first column that reads it is named.
     */
    FeatureFailure number(int field, double number) {
        String name = columns.fields().get(field);
        String column =
                columns.columns().stream()
                        .filter(c -> c.source().fields().contains(name))
                        .map(Column::name)
                        .findFirst()
                        .orElseThrow();
        if (Double.isNaN(number)) {
            return new FeatureFailure(
                    Kind.EMPTY_NUMBER,
                    column,
                    "",
                    "column %s: field %s is empty; need a finite number".formatted(column, name));
        }
        return new FeatureFailure(
                Kind.NOT_A_NUMBER,
                column,
                Double.toString(number),
                "column %s: field %s is %s; need a finite number".formatted(column, name, number));
    }

    /** The target's field is missing, and there is no forecast to take its place. */
    FeatureFailure noForecast() {
        return new FeatureFailure(
                Kind.EMPTY_NUMBER,
                columns.target(),
                "",
                "column %s: field %s is empty, and its key has no forecast to take its place; need a finite number"
                        .formatted(columns.target(), columns.targetField()));
    }

    /** A ratio without finite result. */
    FeatureFailure ratio(int index, double[] numbers) {
        Column column = columns.columns().get(index);
        String value = value(column.source(), numbers);
        return new FeatureFailure(
                Kind.TRANSFORM,
                column.name(),
                value,
                "column %s: %s is %s, which is not finite; a ratio takes a divisor other than 0 and needs a finite result"
                        .formatted(column.name(), column.source(), value));
    }

    /** A transform without finite result for {@code input}. */
    FeatureFailure transform(
            int index, Transform transform, double input, double[] numbers, EventFacts facts) {
        Column column = columns.columns().get(index);
        Source source = column.source();
        String value = source.isOfFields() ? value(source, numbers) : facts.text(source);
        return new FeatureFailure(
                Kind.TRANSFORM,
                column.name(),
                value,
                "column %s: %s cannot take %s, from %s of %s; it takes %s"
                        .formatted(
                                column.name(),
                                transform,
                                input,
                                column.source(),
                                value,
                                transform.takes()));
    }

    private String value(Source source, double[] numbers) {
        List<String> fields = columns.fields();
        double value = numbers[fields.indexOf(source.field())];
        return source.divisor() == null
                ? Double.toString(value)
                : value + "/" + numbers[fields.indexOf(source.divisor())];
    }
}
