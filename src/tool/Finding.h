#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tool/Tool.h"

namespace tram::tool {

enum class Verdict { Good, Warning, Bad };

/// One line of `tram doctor`: what was looked at, what was found, and what to do about it.
/// Words: "tool.doctor.<subject>", "tool.doctor.<subject>.<what>", and the remedy "….<what>.remedy" unless
/// good.
struct Finding {
    std::string subject, what;
    Verdict verdict = Verdict::Good;
    base::Words::Values values;
    std::optional<base::Problem> problem;  ///< its words stand in for "….<what>"
};

Finding good(std::string subject, base::Words::Values values = {});
Finding bad(std::string subject, const base::Problem& problem);

}  // namespace tram::tool
