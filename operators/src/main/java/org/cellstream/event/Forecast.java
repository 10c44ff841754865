package org.cellstream.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What one event of a key led to: the forecast of the target of that key's next event, and how good
 * the forecast made for this very event was. It holds no wall-clock time, so that two runs over the
 * same events give equal forecasts.
 *
 * @param key whose sequence it belongs to
 * @param time event time of the event that led to it, epoch milliseconds
 * @param step how many events of this key have been stepped, this one included
 * @param values forecast of the target at the next event, in the unit of the target after its
 *     transforms; by the loss the network learned by: one number of {@code mse}, {@code mae} and
 *     {@code huber}; the quantiles in rising order; of {@code gaussian} mean and scale; of {@code
 *     student-t} location, scale and degrees of freedom; of {@code categorical-cross-entropy} the
 *     probability of each class, of {@code binary-cross-entropy} that of class 1
 * @param rawValues with the transforms undone, empty where they cannot be: of {@code values} those
 *     that are forecasts of the target, so not scales or degrees of freedom; for classes the number
 *     of the likeliest class
 * @param weightsGeneration generation of the weights that made it
 * @param weightsNumber number of the weights that made it; 0 for seeded ones that never learned
 * @param cold whether this key started from zeros at this event
 * @param stepsSinceReset events since this key last started from zeros, this one included
 * @param error target of this event minus the point forecast made for it, which is the first of the
 *     values, or of quantiles the one nearest to the median; for classes 0 if the likeliest class
 *     was right and 1 if it was not; NaN at a key's first event, and at one whose target is that
 *     forecast, fed back
 * @param persistenceError the same for a forecast that repeats the target of the event before; NaN
 *     at a key's first event
 * @param correction whether it replaces an earlier forecast of the same key and event time, made
 *     before an event came late
 * @param low the next target is from here to {@code high} in as many cases as the option {@code
 *     interval.coverage} says, in the unit of {@code values}; NaN while it is not known, or off
 * @param high the upper end
 * @param anomaly how likely an error as large as {@code error} was, above 0, at most 1, by the
 *     errors of this key so far; NaN where there is no error, while it is not known, or off
 * @param spoke the expert whose share of the forecast is the largest; {@code network} where it
 *     speaks alone
 * @param share its share, 0 to 1
 * @param experts what each expert said, in the order of the option's table; NaN of one that cannot
 *     say; empty unless the job tells it
 * @param horizonValues point forecasts for as many events ahead as the option {@code horizons}
 *     says, in its order, in the unit of {@code values}; NaN where the network could not run on
 * @param horizonErrors target of this event minus the forecast that was made for it as many events
 *     ago, as {@code error}; NaN where there was none
 * @param horizonPersistenceErrors target of this event minus that of as many events ago
 */
public record Forecast<K>(
        K key,
        long time,
        long step,
        double[] values,
        double[] rawValues,
        long weightsGeneration,
        long weightsNumber,
        boolean cold,
        long stepsSinceReset,
        double error,
        double persistenceError,
        boolean correction,
        double low,
        double high,
        double anomaly,
        String spoke,
        double share,
        double[] experts,
        double[] horizonValues,
        double[] horizonErrors,
        double[] horizonPersistenceErrors) {

    /** Who speaks where there are no experts. */
    private static final String NETWORK = "network";

    private static final double[] NONE = {};

    /** Of a state that was written when a forecast had less to say, what it lacks is not known. */
    public Forecast {
        if (spoke == null) {
            low = Double.NaN;
            high = Double.NaN;
            anomaly = Double.NaN;
            spoke = NETWORK;
            share = 1;
            experts = NONE;
        }
        if (horizonValues == null) {
            horizonValues = NONE;
            horizonErrors = NONE;
            horizonPersistenceErrors = NONE;
        }
    }

    /** A forecast of the next event alone. */
    @SuppressWarnings("checkstyle:ParameterNumber") // all components but the last
    public Forecast(
            K key,
            long time,
            long step,
            double[] values,
            double[] rawValues,
            long weightsGeneration,
            long weightsNumber,
            boolean cold,
            long stepsSinceReset,
            double error,
            double persistenceError,
            boolean correction,
            double low,
            double high,
            double anomaly,
            String spoke,
            double share,
            double[] experts) {
        this(
                key,
                time,
                step,
                values,
                rawValues,
                weightsGeneration,
                weightsNumber,
                cold,
                stepsSinceReset,
                error,
                persistenceError,
                correction,
                low,
                high,
                anomaly,
                spoke,
                share,
                experts,
                NONE,
                NONE,
                NONE);
    }

    /** A forecast of the network alone, without an interval. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    public Forecast(
            K key,
            long time,
            long step,
            double[] values,
            double[] rawValues,
            long weightsGeneration,
            long weightsNumber,
            boolean cold,
            long stepsSinceReset,
            double error,
            double persistenceError,
            boolean correction) {
        this(
                key,
                time,
                step,
                values,
                rawValues,
                weightsGeneration,
                weightsNumber,
                cold,
                stepsSinceReset,
                error,
                persistenceError,
                correction,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                NETWORK,
                1,
                NONE);
    }

    /** The Flink type of forecasts whose keys have type {@code key}. */
    @SuppressWarnings("unchecked") // a class literal cannot name its type argument
    public static <K> TypeInformation<Forecast<K>> type(TypeInformation<K> key) {
        return Types.POJO(
                (Class<Forecast<K>>) (Class<?>) Forecast.class,
                Map.ofEntries(
                        Map.entry("key", key),
                        Map.entry("time", Types.LONG),
                        Map.entry("step", Types.LONG),
                        Map.entry("values", Types.PRIMITIVE_ARRAY(Types.DOUBLE)),
                        Map.entry("rawValues", Types.PRIMITIVE_ARRAY(Types.DOUBLE)),
                        Map.entry("weightsGeneration", Types.LONG),
                        Map.entry("weightsNumber", Types.LONG),
                        Map.entry("cold", Types.BOOLEAN),
                        Map.entry("stepsSinceReset", Types.LONG),
                        Map.entry("error", Types.DOUBLE),
                        Map.entry("persistenceError", Types.DOUBLE),
                        Map.entry("correction", Types.BOOLEAN),
                        Map.entry("low", Types.DOUBLE),
                        Map.entry("high", Types.DOUBLE),
                        Map.entry("anomaly", Types.DOUBLE),
                        Map.entry("spoke", Types.STRING),
                        Map.entry("share", Types.DOUBLE),
                        Map.entry("experts", Types.PRIMITIVE_ARRAY(Types.DOUBLE)),
                        Map.entry("horizonValues", Types.PRIMITIVE_ARRAY(Types.DOUBLE)),
                        Map.entry("horizonErrors", Types.PRIMITIVE_ARRAY(Types.DOUBLE)),
                        Map.entry(
                                "horizonPersistenceErrors", Types.PRIMITIVE_ARRAY(Types.DOUBLE))));
    }

    /** The same forecast, marked as a correction or not. */
    public Forecast<K> withCorrection(boolean marked) {
        return new Forecast<>(
                key,
                time,
                step,
                values,
                rawValues,
                weightsGeneration,
                weightsNumber,
                cold,
                stepsSinceReset,
                error,
                persistenceError,
                marked,
                low,
                high,
                anomaly,
                spoke,
                share,
                experts,
                horizonValues,
                horizonErrors,
                horizonPersistenceErrors);
    }

    /**
     * The same with forecasts of several horizons.
     *
     * @param ahead one for each
     * @param errors one for each of what this event shows
     * @param persistenceErrors as many
     */
    public Forecast<K> withHorizons(double[] ahead, double[] errors, double[] persistenceErrors) {
        return new Forecast<>(
                key,
                time,
                step,
                values,
                rawValues,
                weightsGeneration,
                weightsNumber,
                cold,
                stepsSinceReset,
                error,
                persistenceError,
                correction,
                low,
                high,
                anomaly,
                spoke,
                share,
                experts,
                ahead,
                errors,
                persistenceErrors);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Forecast<?> f
                && key.equals(f.key)
                && time == f.time
                && step == f.step
                && Arrays.equals(values, f.values)
                && Arrays.equals(rawValues, f.rawValues)
                && weightsGeneration == f.weightsGeneration
                && weightsNumber == f.weightsNumber
                && cold == f.cold
                && stepsSinceReset == f.stepsSinceReset
                && Double.compare(error, f.error) == 0
                && Double.compare(persistenceError, f.persistenceError) == 0
                && correction == f.correction
                && Double.compare(low, f.low) == 0
                && Double.compare(high, f.high) == 0
                && Double.compare(anomaly, f.anomaly) == 0
                && spoke.equals(f.spoke)
                && Double.compare(share, f.share) == 0
                && Arrays.equals(experts, f.experts)
                && Arrays.equals(horizonValues, f.horizonValues)
                && Arrays.equals(horizonErrors, f.horizonErrors)
                && Arrays.equals(horizonPersistenceErrors, f.horizonPersistenceErrors);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                key, time, step, Arrays.hashCode(values), weightsGeneration, weightsNumber);
    }

    @Override
    public String toString() {
        return "Forecast[%s at %d, step %d: %s, weights %d.%d%s, error %s, persistence error %s, %s to %s by %s%s]"
                .formatted(
                        key,
                        time,
                        step,
                        Arrays.toString(values),
                        weightsGeneration,
                        weightsNumber,
                        cold ? ", cold" : "",
                        error,
                        persistenceError,
                        low,
                        high,
                        spoke,
                        correction ? ", correction" : "");
    }
}
