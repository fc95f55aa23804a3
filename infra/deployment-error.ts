/** The stack cannot be synthesized as it was asked for. The message names the value or part, the cause and the remedy, in Japanese. */
export class DeploymentError extends Error {
  override name = 'DeploymentError';
}
