/**
 * What happens to a job when the processes that run it are killed: nothing but a pause. A real
 * cluster of separate processes ({@code deploy/local/cluster}), a job from its jar, and events that
 * are the same in every run.
 *
 * <p>May import anything of ours. A feed and what is restarted in the background have threads of
 * their own; everything else is one thread.
 */
@NullMarked
package org.cellstream.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
