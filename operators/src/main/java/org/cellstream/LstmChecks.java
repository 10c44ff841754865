package org.cellstream;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.LabelSource;
import org.cellstream.config.LossConfig;
import org.cellstream.config.MemoryMode;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.features.Columns;
import org.cellstream.loss.Loss;
import org.cellstream.nn.ActivationFunction;
import org.cellstream.nn.Dense;
import org.cellstream.nn.Network;
import org.cellstream.state.MemoryShape;

/** Whether a network, columns, a loss, a memory mode and the type of the keys go together. */
final class LstmChecks {

    private final Network network;
    private final Columns columns;
    private final InferenceConfig inference;
    private final Loss loss;

    LstmChecks(MemoryShape shape, InferenceConfig inference) {
        this.network = shape.network();
        this.columns = shape.columns();
        this.inference = inference;
        this.loss = Loss.of(inference.loss());
    }

    /**
     * Checks all of them.
     *
     * @throws IllegalArgumentException if two do not go together; the message says what would
     */
    void run(TypeInformation<?> keyType) {
        loss.checkOneTarget(network.outputs());
        checkClasses();
        checkKeyText(keyType);
        if (inference.missingTarget() == MissingTarget.FEEDBACK) {
            columns.checkFeedback();
        }
        checkLast();
        if (!inference.horizons().events().isEmpty()) {
            checkHorizons();
        }
        if (network.readsWholeWindows()) {
            checkMode();
        }
    }

    private void checkClasses() {
        int categories = columns.targetCategories();
        int classes = loss.classes(network.outputs());
        if (categories > 0 && categories != classes) {
            throw new IllegalArgumentException(
                    "the target %s is category(%d); the network \"%s\" and the loss %s forecast %s"
                            .formatted(
                                    columns.target(),
                                    categories,
                                    network.text(),
                                    loss,
                                    classes == 0 ? "a number" : classes + " classes"));
        }
    }

    /** A key without a text of its own has another one in every JVM. */
    private void checkKeyText(TypeInformation<?> keyType) {
        Class<?> type = keyType.getTypeClass();
        if (columns.readsKey() && !hasText(type)) {
            throw new IllegalArgumentException(
                    "the columns %s read the key, by its text; %s has none: it needs a toString of its own"
                            .formatted(columns, type.getName()));
        }
    }

    private static boolean hasText(Class<?> type) {
        try {
            return type.getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            return false; // an interface: what its instances say is not known
        }
    }

    /** Whether the network can run on on its own forecasts, and these be measured. */
    private void checkHorizons() {
        columns.checkUndoable();
        if (inference.labels() == LabelSource.GIVEN) {
            throw noHorizons("%s is given".formatted(CellstreamOptions.TRAINING_LABELS.key()));
        }
        if (network.readsWholeWindows() && inference.sequence().mode().isSequence()) {
            throw noHorizons(network + " forecasts when its sequence has ended");
        }
    }

    private IllegalArgumentException noHorizons(String why) {
        return new IllegalArgumentException(
                "%s is %s; %s, so need none"
                        .formatted(CellstreamOptions.HORIZONS.key(), inference.horizons(), why));
    }

    /** The losses of classes make probabilities of the outputs themselves. */
    private void checkLast() {
        LossConfig config = inference.loss();
        int last = network.layers().size() - 1;
        boolean classes = loss.target() == Loss.Target.CLASS;
        if (last >= 0 && classes && network.layers().get(last) instanceof Dense dense) {
            ActivationFunction function = dense.activation().function();
            if (function == ActivationFunction.SOFTMAX || function == ActivationFunction.SIGMOID) {
                throw new IllegalArgumentException(
                        "%s ends in %s; the loss %s makes the probabilities itself, so end with dense(%d)"
                                .formatted(
                                        CellstreamOptions.NETWORK.key(),
                                        dense,
                                        config,
                                        dense.units()));
            }
        }
    }

    /** Of a network that needs all steps of a window or sequence at once. */
    private void checkMode() {
        SequenceConfig config = inference.sequence();
        if (inference.missingTarget() == MissingTarget.FEEDBACK && config.mode().isSequence()) {
            throw new IllegalArgumentException(
                    "%s is feedback; %s forecasts when its sequence has ended, so it takes reject"
                            .formatted(CellstreamOptions.MISSING_TARGET.key(), network));
        }
        if (config.mode().mode() == MemoryMode.STATEFUL) {
            try {
                network.checkSteps();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "%s is %s; need window or sequence: %s"
                                .formatted(
                                        CellstreamOptions.MEMORY_MODE.key(),
                                        MemoryMode.STATEFUL,
                                        e.getMessage()),
                        e);
            }
        }
        if (config.weightsChange() != WeightsChange.KEEP) {
            throw new IllegalArgumentException(
                    "%s is %s; %s has no state that goes on, so it takes keep"
                            .formatted(
                                    CellstreamOptions.WEIGHTS_ON_CHANGE.key(),
                                    config.weightsChange(),
                                    network));
        }
        if (config.gaps().missing() != MissingSteps.MASK) {
            throw new IllegalArgumentException(
                    "%s is %s; %s steps over no missed events, so it takes mask"
                            .formatted(
                                    CellstreamOptions.GAPS_MISSING.key(),
                                    config.gaps().missing(),
                                    network));
        }
    }
}
