#pragma once
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/Result.h"
#include "base/Secret.h"
#include "gateway/connectors/DossierSource.h"
#include "gateway/source/SourceAccess.h"
#include "wire/DossierStatus.h"

namespace tram::gateway {

/// How a city's system is asked where a dossier stands, and what its JSON means: a file of the operator's
/// (docs/OPERATING.md, "Dossiers"), so that it joins without code. Places in JSON are pointers (RFC 6901).
struct DossierMapping : SourceAccess {
    std::string byCode;  ///< URL with {code}

    std::optional<std::string> missingAt;  ///< null, "", [] or nothing there: no such dossier
    std::string dossierAt;  ///< in the answer to a code; where a list stands, the one with the code counts

    /// Pointers from a dossier, an event or a task on; "" where the source has no such thing.
    struct Event {
        std::string list, state, said, at, office;
    } event;
    struct Task {
        std::string by, papers, paper, fee, paymentQr, where;
    } task;
    std::string code, procedure, procedureCode, state, said, way, office, received, promised, finished, asOf;
    std::string secret;  ///< on its slip: who knows it may rate

    std::map<std::string, wire::DossierState> states;
    std::map<std::string, wire::DossierWay> ways;

    /// BadConfig with facts key ("dossiers.members.state") and expected.
    static base::Result<DossierMapping> load(const std::filesystem::path& file);
    static base::Result<DossierMapping> parse(std::string_view json);

    /// What a dossier of the source's means; nothing without code, procedure's name and state.
    std::optional<DossierRecord> read(const nlohmann::json& dossier) const;

  private:
    wire::DossierEvent readEvent(const nlohmann::json& value) const;
    std::optional<wire::DossierTask> readTask(const nlohmann::json& value) const;
    wire::DossierState stateOf(const std::string& value) const;
};

}  // namespace tram::gateway
