package org.cellstream.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import org.cellstream.benchmarks.chaos.WorkFolder;

/**
 * PyTorch through DJL, with the native code that its jar brings, on one thread. Nothing is
 * downloaded, and DJL's report of its use to its makers is off.
 */
public final class DjlTorch {

    private static final String ENGINE = "PyTorch";

    private DjlTorch() {}

    /** Unpacks the native code into the build's folder, if it is not there yet, and loads it. */
    public static Engine engine() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        String folder = WorkFolder.home().resolve("benchmarks/target/djl").toString();
        System.setProperty("DJL_CACHE_DIR", folder);
        System.setProperty("ENGINE_CACHE_DIR", folder);
        Engine engine = Engine.getEngine(ENGINE);
        JniUtils.setNumThreads(1);
        return engine;
    }

    /** An array of that shape. */
    public static NDArray array(NDManager manager, float[] values, long... shape) {
        return manager.create(values, new Shape(shape));
    }
}
