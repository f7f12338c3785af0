package dev.longhaul.restore.plan;

/**
 * A step of a restore.
 *
 * @param subject what it is about: an application, or empty
 * @param what it does, for people
 * @param why it is there or comes there
 */
public record PlannedStep(StepKind kind, String subject, String what, String why) {
}
