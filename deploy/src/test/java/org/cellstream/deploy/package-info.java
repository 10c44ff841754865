/**
 * Tests of what lies in this folder: that manifests are what those who read them take, and that all
 * they name is there. They run in the module's folder, as Maven starts them.
 *
 * <p>Looks odd, on purpose: nothing here starts a container. The image and the manifests are read,
 * strictly, by the classes of Flink, Kafka and the operator that would read them there.
 */
@NullMarked
package org.cellstream.deploy;

import org.jspecify.annotations.NullMarked;
