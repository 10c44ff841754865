/**
 * Lines and bars, drawn without a screen: pictures of the worked examples and of reports.
 *
 * <p>Imports the JDK and XChart; nothing of ours. One thread.
 */
@NullMarked
package org.cellstream.jobs.plot;

import org.jspecify.annotations.NullMarked;
