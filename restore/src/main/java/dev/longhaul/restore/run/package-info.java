/**
 * Carries out restore plans. What is done is seen in the cluster, so a run that was
 * killed anywhere is finished by another one of the same plan; nothing that the plan's
 * runs did not make is changed.
 */
@NullMarked
package dev.longhaul.restore.run;

import org.jspecify.annotations.NullMarked;
