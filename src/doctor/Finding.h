#pragma once
#include <optional>
#include <string>

#include "base/Problem.h"
#include "base/Words.h"

namespace tram::doctor {

enum class Verdict { Good, Warning, Bad };

/// What was looked at and what was found, as facts. `tram doctor` words it for who runs the station
/// ("tool.doctor.<subject>", "….<what>", and "….<what>.remedy" unless good), staff's page of devices for who
/// stands before it.
struct Finding {
    std::string subject, what;
    Verdict verdict = Verdict::Good;
    base::Words::Values values;            ///< may be anybody's words
    std::optional<base::Problem> problem;  ///< its words stand in for those of `what`, which is its name
};

Finding good(std::string subject, base::Words::Values values = {});
Finding bad(std::string subject, const base::Problem& problem);

}  // namespace tram::doctor
