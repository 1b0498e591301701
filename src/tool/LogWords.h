#pragma once
#include <string>

#include "ledger/Read.h"
#include "ledger/Verify.h"
#include "tool/Tool.h"

namespace tram::tool {

/// "21/11/2026 09:41:07", in Ho Chi Minh City
std::string logMoment(base::WallTime time);
/// One line of the log for people: when, what, who, where, and what else it says.
std::string logLineWords(const Tool& tool, const ledger::Row& row);
/// What became of one chain, and how far the gateway vouches for it; one or more lines.
std::string chainWords(const Tool& tool, const ledger::ChainSeen& chain);

}  // namespace tram::tool
