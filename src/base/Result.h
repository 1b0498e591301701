#pragma once
#include <tl/expected.hpp>
#include <utility>

#include "base/Problem.h"

namespace tram::base {

/// Expected failures travel as values; exceptions are for bugs and stop at a room's edge.
template <class T>
using Result = tl::expected<T, Problem>;

inline tl::unexpected<Problem> fail(ProblemKind kind, decltype(Problem::facts) facts = {}) {
    return tl::unexpected<Problem>(Problem{kind, std::move(facts)});
}

}  // namespace tram::base
