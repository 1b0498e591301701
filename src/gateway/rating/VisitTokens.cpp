#include "gateway/rating/VisitTokens.h"

namespace tram::gateway {

wire::VisitToken VisitTokens::issue(const std::string& ward, std::chrono::sys_days day) const {
    wire::VisitToken token{ward, day, crypto::randomBytes(wire::VisitToken::kNonceBytes), {}};
    token.seal = keys_.visitSeal(token.sealedPart());
    return token;
}

std::optional<wire::VisitToken> VisitTokens::open(std::string_view text) const {
    auto token = wire::VisitToken::parse(text);
    if (!token || !crypto::equalConstantTime(keys_.visitSeal(token->sealedPart()), token->seal))
        return std::nullopt;
    return token;
}

}  // namespace tram::gateway
