#include "gateway/demo/DemoDossiers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "crypto/Bytes.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using calendar::Day;
using nlohmann::json;
using wire::DossierState;
using wire::DossierWay;
using namespace std::chrono;

namespace {

Day workday(Day from, int by) {
    const calendar::WorkingDays week;
    const days step(by < 0 ? -1 : 1);
    for (; by != 0; by += by < 0 ? 1 : -1) do
            from += step;
        while (!week.works(from));
    return week.firstFrom(from);
}

std::string replaced(std::string text, std::string_view place, const std::string& value) {
    if (const auto at = text.find(place); at != text.npos) text.replace(at, place.size(), value);
    return text;
}

/// "H29.26-261118-4711": the day as YYMMDD, four digits that no other `number` below 9,000 has.
std::string codeFor(const std::string& organisation, Day day, std::size_t number) {
    const auto text = calendar::toText(day);
    return organisation + "-" + text.substr(2, 2) + text.substr(5, 2) + text.substr(8, 2) + "-" +
           std::to_string(1000 + (number * 7919 + 13) % 9000);
}

/// How a dossier comes to a state; some twice to the same.
std::vector<DossierState> pathTo(DossierState state, std::size_t number) {
    using enum DossierState;
    std::vector<DossierState> path;
    if (state == Registered || state == Declined || number % 2) path.push_back(Registered);
    if (state == Registered) return path;
    if (state != Declined) path.push_back(Received);
    if (state == Received) return path;
    if (state != Declined) path.push_back(InProgress);
    if (state == InProgress) return path;
    if ((state == PapersAsked && number % 3 == 0) || state == Stopped) path.push_back(PapersAsked);
    if (state == PapersAsked && number % 3 == 0) path.push_back(InProgress);
    if (state == HandedOver) path.push_back(Finished);
    path.push_back(state);
    return path;
}

}  // namespace

Result<std::unique_ptr<DemoDossiers>> DemoDossiers::load(const std::filesystem::path& demoDir,
                                                         const base::Clock& clock) {
    const auto text = base::readFile(demoDir / "dossiers.json", 1u << 20);
    if (!text) return tl::unexpected(text.error());
    std::unique_ptr<DemoDossiers> demo(new DemoDossiers(clock));
    try {
        demo->read(*text);
    } catch (const std::exception&) {
        return base::fail(ProblemKind::Malformed, {{"path", "dossiers.json"}});
    }
    return demo;
}

void DemoDossiers::read(const std::string& text) {
    const auto plan = json::parse(text);
    source_ = plan.at("source");
    counter_ = plan.at("offices").at("counter");
    counterWhere_ = plan.at("offices").at("counter_where");
    working_ = plan.at("offices").at("working");
    paymentQr_ = plan.at("payment_qr");
    silent_ = plan.at("silent");
    const Day anchor = calendar::dayFrom(plan.at("anchor").get<std::string>()).value();
    const std::vector<std::string> papers = plan.at("papers"), organisations = plan.at("organisations");
    std::vector<Procedure> procedures;
    for (const auto& one : plan.at("procedures"))
        procedures.push_back({one.at("id"), one.at("name"), one.at("fee")});
    const auto recipeOf = [](const json& row) {
        Recipe recipe;
        recipe.state = wire::dossierStateFrom(row.at("state").get<std::string>()).value();
        recipe.said = row.value("said", "");
        recipe.owner = row.value("owner", "");
        recipe.secret = row.value("secret", "");
        recipe.age = row.at("age");
        if (row.contains("due")) recipe.due = row["due"].get<int>();
        recipe.papers = row.value("papers", std::vector<std::string>());
        if (row.contains("becomes"))
            recipe.becomes = wire::dossierStateFrom(row["becomes"].get<std::string>()).value();
        return recipe;
    };
    std::size_t number = 0;
    for (const auto& row : plan.at("groups"))
        for (int i = row.at("count"); i > 0; --i, ++number) {
            auto recipe = recipeOf(row);
            recipe.number = number;
            // Of each group some of every procedure; what is to be paid costs something.
            recipe.procedure = procedures[number % procedures.size()];
            if (recipe.state == DossierState::PaymentAsked && recipe.procedure.fee == 0)
                recipe.procedure.fee = 25'000;
            recipe.papers = {papers[number % papers.size()]};
            if (number % 2) recipe.papers.push_back(papers[(number + 1) % papers.size()]);
            recipes_[codeFor(organisations[number % organisations.size()], workday(anchor, -recipe.age),
                             number)] = recipe;
        }
    for (const auto& row : plan.at("fixed")) {
        auto recipe = recipeOf(row);
        recipe.number = 2 * ++number;  // at the counter, and no detours
        const std::string id = row.at("procedure");
        recipe.procedure = *std::ranges::find(procedures, id, &Procedure::id);
        recipes_[row.at("code")] = recipe;
    }
}

std::string DemoDossiers::officeOf(DossierState state, const Recipe& recipe) const {
    const bool inside = state == DossierState::InProgress || state == DossierState::Finished ||
                        state == DossierState::Stopped || state == DossierState::Unknown;
    return inside ? working_[recipe.number % working_.size()] : counter_;
}

/// Evenly from the day it came in until a day ago, in office hours, and never later than now.
std::vector<wire::DossierEvent> DemoDossiers::eventsOf(const Recipe& recipe) const {
    const auto now = clock_.wall();
    const Day today = calendar::dayInCity(now);
    const auto path = pathTo(recipe.state, recipe.number);
    std::vector<wire::DossierEvent> events;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const int steps = static_cast<int>(path.size()) - 1;
        const int age =
            steps == 0 ? recipe.age : recipe.age - static_cast<int>(i) * std::max(0, recipe.age - 1) / steps;
        const Day day = workday(today, -age);
        const base::WallTime office = day + hours(1) + minutes(5 + recipe.number % 7 * 25 + i * 35);
        const auto latest = floor<minutes>(now - minutes(3 * (path.size() - i)));
        const bool unknown = path[i] == DossierState::Unknown;
        events.push_back({path[i], base::toRfc3339(std::min<base::WallTime>(office, latest)),
                          officeOf(path[i], recipe), unknown ? recipe.said : ""});
    }
    return events;
}

std::optional<wire::DossierTask> DemoDossiers::taskOf(const std::string& code, const Recipe& recipe) const {
    const bool papers = recipe.state == DossierState::PapersAsked;
    if (!papers && recipe.state != DossierState::PaymentAsked) return std::nullopt;
    wire::DossierTask task;
    const Day today = calendar::dayInCity(clock_.wall());
    task.by = calendar::toText(workday(today, std::max(2, recipe.due.value_or(0) - 2)));
    task.where = counterWhere_;
    if (papers) {
        task.papers = recipe.papers;
        return task;
    }
    task.fee = recipe.procedure.fee;
    task.paymentQr = replaced(replaced(paymentQr_, "{code}", code), "{fee}", std::to_string(task.fee));
    return task;
}

/// Whoever tries a demo sees it move while they stand there, and gets the message they asked for.
std::optional<base::WallTime> DemoDossiers::movedAt(const std::string& code, const Recipe& recipe) {
    if (!recipe.becomes) return std::nullopt;
    const std::lock_guard lock(mutex_);
    const auto moves = asked_.try_emplace(code, clock_.wall()).first->second + kMovesAfter;
    return moves <= clock_.wall() ? std::optional(moves) : std::nullopt;
}

wire::DossierStatus DemoDossiers::made(const std::string& code, const Recipe& plan) {
    const auto now = clock_.wall();
    auto recipe = plan;
    const auto moved = movedAt(code, plan);
    if (moved) recipe.state = *plan.becomes;
    wire::DossierStatus status;
    status.code = code;
    status.procedure = recipe.procedure.name;
    status.procedureCode = recipe.procedure.id;
    status.state = recipe.state;
    status.said = recipe.said;
    status.events = eventsOf(recipe);
    if (moved && now - *moved < hours(24)) status.events.back().at = base::toRfc3339(floor<seconds>(*moved));
    status.way = status.events.front().state == DossierState::Registered ? DossierWay::Online
                 : recipe.number % 5 == 4                                ? DossierWay::Post
                                                                         : DossierWay::Counter;
    status.office = status.events.back().office;
    status.received = status.events.front().at;
    if (recipe.due) status.promised = calendar::toText(workday(calendar::dayInCity(now), *recipe.due));
    for (const auto& event : status.events)
        if (event.state == DossierState::Finished) status.finished = event.at;
    status.task = taskOf(code, recipe);
    status.asOf = base::toRfc3339(floor<minutes>(now));
    return status;
}

Result<std::optional<DossierRecord>> DemoDossiers::byCode(const std::string& code) {
    if (code == silent_) return base::fail(ProblemKind::Timeout);
    const auto found = recipes_.find(code);
    if (found == recipes_.end()) return std::nullopt;
    DossierRecord record(made(code, found->second));
    if (!found->second.secret.empty())
        record.slipHash = crypto::sha256Hex(crypto::view(found->second.secret));
    return record;
}

Result<std::vector<wire::DossierStatus>> DemoDossiers::ofOwner(const DossierOwner& owner) {
    std::vector<wire::DossierStatus> all;
    for (const auto& [code, recipe] : recipes_)
        if (!recipe.owner.empty() && recipe.owner == owner.subject.reveal())
            all.push_back(made(code, recipe));
    return all;
}

std::vector<std::string> DemoDossiers::codes() const {
    std::vector<std::string> all;
    for (const auto& [code, recipe] : recipes_) all.push_back(code);
    return all;
}

}  // namespace tram::gateway
