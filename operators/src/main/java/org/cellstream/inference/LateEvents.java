package org.cellstream.inference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.KeptEvent;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.Resident;
import org.jspecify.annotations.Nullable;

/**
 * Takes in events that are older than their key's last: the key goes back to what it was before,
 * and its events since are stepped again, by the weights that are served now.
 */
final class LateEvents<K> {

    private final ForecasterParts<K> parts;
    private final Wave<K> alone;

    /**
     * @param spare a spare row among the states that no wave uses
     */
    LateEvents(ForecasterParts<K> parts, int spare) {
        this.parts = parts;
        this.alone = new Wave<>(parts, 1, spare);
    }

    /**
     * What a late event led to: its own forecast and the corrections of those after it, or a
     * rejection that changed nothing.
     */
    record Outcome<K>(List<Forecast<K>> forecasts, @Nullable Rejected rejected) {}

    /**
     * Steps a late event in its place.
     *
     * @return null if it is later than its key can go back, and nothing is changed
     */
    @Nullable Outcome<K> takeIn(Event<K> late, Resident<K> resident, WeightUpdate weights)
            throws IOException {
        KeyMemory memory = resident.memory();
        if (!parts.rewinds().reaches(memory, late.time())) {
            return null; // most jobs keep no way back: a late event must cost them no copy
        }
        KeyMemory before = memory.copy();
        List<KeptEvent> since = parts.rewinds().goBack(memory, late.time());
        int place = (int) since.stream().filter(kept -> kept.time() <= late.time()).count();
        List<Forecast<K>> forecasts = new ArrayList<>();
        for (int i = 0; i <= since.size(); i++) {
            Forecast<K> forecast = null;
            KeptEvent kept = i == place ? null : since.get(i < place ? i : i - 1);
            Rejected rejected =
                    kept == null
                            ? alone.add(late, false, resident, weights)
                            : alone.add(kept.of(late.key()), kept.fedBack(), resident, weights);
            if (rejected == null) {
                alone.step();
                forecast = alone.finish(0, weights);
                alone.clear();
            }
            if (forecast == null) {
                parts.rewinds().undo(memory, before);
                return new Outcome<>(
                        List.of(), rejected == null ? NotFinite.step(late) : of(late, rejected));
            }
            if (i >= place) {
                forecasts.add(i == place ? forecast : forecast.withCorrection(true));
            }
        }
        return new Outcome<>(forecasts, null);
    }

    /** It is the late event that cannot be taken in, whichever event after it shows that. */
    private static Rejected of(Event<?> late, Rejected rejected) {
        return new Rejected(
                rejected.reason(),
                rejected.cause(),
                rejected.field(),
                rejected.value(),
                rejected.topic(),
                late.partition(),
                late.offset(),
                rejected.raw());
    }
}
