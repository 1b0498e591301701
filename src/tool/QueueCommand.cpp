#include "outbox/SqliteOutboxStore.h"
#include "outbox/StoreMade.h"
#include "tool/Commands.h"
#include "tool/QueueTable.h"

namespace tram::tool {

using base::ProblemKind;
using base::Result;
using outbox::Item;
using outbox::ItemState;
using outbox::SqliteOutboxStore;

namespace {

constexpr std::size_t kMost = 10000;

using Store = std::shared_ptr<SqliteOutboxStore>;

/// Never makes a store: a mistyped --config must not look like an empty queue.
Result<Store> openStore(const Tool& tool) {
    const auto config = tool.loadConfig();
    if (!config) return tl::unexpected(config.error());
    const auto file = config->dataDir / "outbox.db";
    if (!std::filesystem::exists(file) && !outbox::storeLost(config->dataDir))
        return base::fail(ProblemKind::FileMissing, {{"path", file.string()}});
    return SqliteOutboxStore::open(config->dataDir);
}

Result<void> list(const Tool& tool, bool accepted) {
    auto store = openStore(tool);
    if (!store) return tl::unexpected(store.error());
    auto items = (*store)->list({}, kMost);
    if (!items) return tl::unexpected(items.error());
    if (!accepted) std::erase_if(*items, [](const Item& item) { return item.state == ItemState::Accepted; });
    if (items->empty()) tool.print("tool.queue.empty");
    if (!items->empty()) printTable(tool, *items, base::SystemClock().wall());
    return {};
}

/// For scripts (the packages' among them): ends with 1 when anything has still to be delivered.
Result<void> isEmpty(Tool& tool) {
    auto store = openStore(tool);
    if (!store) return tl::unexpected(store.error());
    const auto counts = (*store)->counts();
    if (!counts) return tl::unexpected(counts.error());
    const auto left = counts->waiting + counts->needsAttention;
    if (left == 0) {
        tool.print("tool.queue.empty");
    } else {
        tool.print("tool.queue.not_empty", {{"count", std::to_string(left)}});
        tool.exitCode = 1;
    }
    return {};
}

Result<Item> find(SqliteOutboxStore& store, const std::string& text) {
    const auto id = base::Uuid::parse(text);
    if (!id) return base::fail(ProblemKind::Malformed, {{"key", "id"}});
    auto item = store.find(*id);
    if (!item) return tl::unexpected(item.error());
    if (!*item) return base::fail(ProblemKind::NotFound);
    return **std::move(item);
}

Result<void> show(const Tool& tool, const std::string& id) {
    auto store = openStore(tool);
    if (!store) return tl::unexpected(store.error());
    const auto item = find(**store, id);
    if (!item) return tl::unexpected(item.error());
    printItem(tool, *item, base::SystemClock().wall());
    return {};
}

Result<void> retryOne(const Tool& tool, const std::string& id) {
    auto store = openStore(tool);
    if (!store) return tl::unexpected(store.error());
    const auto item = find(**store, id);
    if (!item) return tl::unexpected(item.error());
    if (auto done = (*store)->retry(item->id); !done) return done;
    tool.print("tool.queue.retried", {{"count", "1"}});
    return {};
}

/// What staff put aside stays there: each had a reason, and is retried by its id.
Result<void> retryAll(const Tool& tool) {
    auto store = openStore(tool);
    if (!store) return tl::unexpected(store.error());
    const auto items = (*store)->list({}, kMost);
    if (!items) return tl::unexpected(items.error());
    int retried = 0;
    for (const Item& item : *items) {
        const bool stuck = item.state != ItemState::Accepted && !item.aside();
        if (stuck && (*store)->retry(item.id)) ++retried;
    }
    tool.print("tool.queue.retried", {{"count", std::to_string(retried)}});
    return {};
}

void settle(Tool& tool, Result<void> result) {
    if (!result) tool.fail(result.error());
}

void addRetry(CLI::App& queue, Tool& tool) {
    auto* command = queue.add_subcommand("retry", tool.say("tool.help.queue.retry"));
    auto id = std::make_shared<std::string>();
    auto all = std::make_shared<bool>(false);
    command->add_option("ID", *id, tool.say("tool.help.queue.id"));
    command->add_flag("--all", *all, tool.say("tool.help.queue.retry.all"));
    command->callback([&tool, id, all] {
        // Not an option group: its page of help is in CLI11's English.
        if (*all != id->empty()) throw CLI::RequiredError("ID");
        settle(tool, *all ? retryAll(tool) : retryOne(tool, *id));
    });
}

}  // namespace

void addQueueCommand(CLI::App& app, Tool& tool) {
    auto* queue = app.add_subcommand("queue", tool.say("tool.help.queue"));
    queue->require_subcommand(1);

    auto* listing = queue->add_subcommand("list", tool.say("tool.help.queue.list"));
    auto accepted = std::make_shared<bool>(false);
    listing->add_flag("--accepted", *accepted, tool.say("tool.help.queue.list.accepted"));
    listing->callback([&tool, accepted] { settle(tool, list(tool, *accepted)); });

    auto* showing = queue->add_subcommand("show", tool.say("tool.help.queue.show"));
    auto id = std::make_shared<std::string>();
    showing->add_option("ID", *id, tool.say("tool.help.queue.id"))->required();
    showing->callback([&tool, id] { settle(tool, show(tool, *id)); });

    queue->add_subcommand("is-empty", tool.say("tool.help.queue.is_empty"))->callback([&tool] {
        settle(tool, isEmpty(tool));
    });
    addRetry(*queue, tool);
}

}  // namespace tram::tool
