package org.cellstream.inference;

import org.cellstream.config.InferenceConfig;
import org.cellstream.config.LabelSource;
import org.cellstream.experts.ExpertMemory;
import org.cellstream.experts.Experts;
import org.cellstream.experts.Spoken;
import org.cellstream.loss.Loss;
import org.cellstream.state.KeyMemory;
import org.jspecify.annotations.Nullable;

/**
 * Lets the experts of a job meet a key's target and say what comes next. What they know changes
 * here alone, once the network's step is known to be finite: so an event that is rejected leaves no
 * trace in it.
 */
final class Voices {

    private final @Nullable Experts experts;
    private final boolean mixes;
    private final Spoken spoken = new Spoken();

    /** Silent where a target is no number, or is not what is to be forecast. */
    Voices(InferenceConfig config) {
        boolean ofTargets =
                Loss.of(config.loss()).target() == Loss.Target.CHANGE
                        && config.labels() == LabelSource.NEXT_EVENT;
        this.mixes = !config.experts().experts().isEmpty();
        boolean on = mixes || config.experts().coverage() > 0;
        this.experts = ofTargets && on ? new Experts(config.experts()) : null;
    }

    /** How an event's target follows those before it. */
    enum Link {
        /** As the key's next one. */
        FOLLOWS,
        /** It is what was forecast, fed back: nothing can be learned from it. */
        FED_BACK,
        /** It does not: a sequence starts with it. */
        STARTS_ANEW,
        /** The key is as if it had never been seen. */
        FORGOTTEN
    }

    /**
     * Takes the target of a key's event in.
     *
     * @param made the forecast that was made for it; null for none
     */
    void hear(KeyMemory memory, double target, double @Nullable [] made, Link link) {
        if (experts == null) {
            memory.keepExperts(null);
            return;
        }
        ExpertMemory known = experts.fitting(link == Link.FORGOTTEN ? null : memory.experts());
        memory.keepExperts(known);
        switch (link) {
            case FOLLOWS, FORGOTTEN ->
                    experts.meet(known, target, made == null ? Double.NaN : made[0]);
            case FED_BACK -> experts.passOver(known, target);
            case STARTS_ANEW -> experts.startAnew(known, target);
        }
    }

    /**
     * Says what comes next.
     *
     * @param values of the network's forecast; where there are experts the only one becomes theirs
     * @param point the network's point forecast
     */
    void speak(KeyMemory memory, double[] values, double point) {
        ExpertMemory known = memory.experts();
        if (experts == null || known == null) {
            return;
        }
        experts.speak(known, point, spoken);
        if (mixes) {
            values[0] = spoken.value();
        }
    }

    /** What was said last. */
    Spoken spoken() {
        return spoken;
    }

    /**
     * How likely an error as large as that of the event that was heard last was; NaN if unknown.
     */
    double anomaly() {
        return experts == null ? Double.NaN : experts.anomaly();
    }

    /** How the event that was heard last met its interval. */
    Head.Verdict verdict() {
        if (experts == null || !experts.judged()) {
            return Head.Verdict.NONE;
        }
        return experts.covered() ? Head.Verdict.INSIDE_INTERVAL : Head.Verdict.OUTSIDE_INTERVAL;
    }
}
