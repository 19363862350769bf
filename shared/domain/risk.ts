/**
 * Why a post that waits for its time would not go out as things stand:
 * - `account`: its account is not connected, restricted, or lacks a permission
 * - `quota`: the network lets the account publish no more until then
 * - `media`: a file is gone or cannot be used
 * - `content`: the network would refuse it as it is
 * - `config`: the agency's app at the network is not set up
 */
export const riskCodes = ['account', 'quota', 'media', 'content', 'config'] as const;
export type RiskCode = (typeof riskCodes)[number];
