#include "store/Records.h"

#include <optional>

#include "base/Files.h"
#include "store/BigEndian.h"
#include "store/Wal.h"

namespace tram::store {
namespace {

constexpr std::size_t kMost = std::size_t{4} << 30;
constexpr std::uint32_t kUsualPage = 4096;
constexpr std::uint64_t kLargestRecord = 1u << 20;  // an envelope has 256 KiB at most
constexpr unsigned char kInteriorIndex = 0x02, kLeafIndex = 0x0a, kLeafTable = 0x0d;

/// A file with its -wal laid over it, by page.
class Pages {
  public:
    Pages(std::string main, std::string walBytes) : main_(std::move(main)), walBytes_(std::move(walBytes)) {
        wal_ = readWal(walBytes_);
        size_ = wal_.pageSize != 0 ? wal_.pageSize : sizeInHeader();
        if (header().size() > 20) usable_ = size_ - static_cast<unsigned char>(header()[20]);
        if (header().empty() || usable_ < 480 || usable_ > size_) usable_ = size_;
    }
    std::uint32_t usable() const { return usable_; }
    std::vector<std::uint32_t> numbers() const {
        std::vector<std::uint32_t> all;
        const std::uint64_t inMain = (main_.size() + size_ - 1) / size_;
        for (std::uint32_t number = 1; number <= inMain; ++number) all.push_back(number);
        for (const auto& [number, place] : wal_.committed)
            if (number > inMain) all.push_back(number);
        return all;
    }
    /// The newest content of page `number` (from 1); shorter than a page where the file was cut off.
    std::string_view page(std::uint32_t number) const {
        if (number == 0) return {};
        const auto newer = wal_.committed.find(number);
        if (newer != wal_.committed.end()) return std::string_view(walBytes_).substr(newer->second, size_);
        const std::uint64_t at = std::uint64_t{number - 1} * size_;
        return at < main_.size() ? std::string_view(main_).substr(at, size_) : std::string_view();
    }

  private:
    /// Of page 1, when it is one.
    std::string_view header() const {
        const auto first = page(1);
        return first.starts_with(std::string_view("SQLite format 3\0", 16)) ? first : std::string_view();
    }
    std::uint32_t sizeInHeader() {
        size_ = kUsualPage;
        if (header().empty()) return kUsualPage;
        const std::uint32_t told = big16(header().substr(16)) == 1 ? 65536 : big16(header().substr(16));
        return told >= 512 && (told & (told - 1)) == 0 ? told : kUsualPage;
    }

    std::string main_, walBytes_;
    Wal wal_;
    std::uint32_t size_ = kUsualPage, usable_ = kUsualPage;
};

/// Takes values off the front of bytes; once it has run out, everything it gives is void.
struct Reader {
    std::string_view left;
    bool fine = true;

    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int i = 0; i < 9; ++i) {
            if (left.empty()) return fine = false, 0;
            const auto byte = static_cast<unsigned char>(left.front());
            left.remove_prefix(1);
            if (i == 8) return value << 8 | byte;
            value = value << 7 | (byte & 0x7f);
            if ((byte & 0x80) == 0) return value;
        }
        return value;
    }
    std::string_view take(std::uint64_t size) {
        if (size > left.size()) return fine = false, std::string_view();
        const auto taken = left.substr(0, size);
        left.remove_prefix(size);
        return taken;
    }
};

std::int64_t integer(std::string_view bytes) {
    std::uint64_t value = !bytes.empty() && (bytes[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(value);
}

Value valueOf(std::uint64_t type, Reader& body) {
    static constexpr std::uint64_t kSizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    if (type >= 12 && type % 2 == 0) return Blob{std::string(body.take((type - 12) / 2))};
    if (type >= 12) return std::string(body.take((type - 13) / 2));
    if (type == 10 || type == 11) return body.fine = false, Value();
    const auto bytes = body.take(kSizes[type]);
    if (type == 8 || type == 9) return static_cast<std::int64_t>(type - 8);
    return type == 0 || type == 7 ? Value() : Value(integer(bytes));
}

std::optional<std::vector<Value>> readPayload(std::string_view payload) {
    Reader head{payload};
    const std::uint64_t headSize = head.varint();
    const std::size_t taken = payload.size() - head.left.size();
    if (!head.fine || headSize < taken || headSize > payload.size()) return std::nullopt;
    Reader types{payload.substr(taken, headSize - taken)}, body{payload.substr(headSize)};
    std::vector<Value> values;
    while (!types.left.empty() && types.fine && body.fine) values.push_back(valueOf(types.varint(), body));
    if (!types.fine || !body.fine || !body.left.empty()) return std::nullopt;
    return values;
}

class Scan {
  public:
    Scan(const Pages& pages, const std::function<void(const Record&)>& take) : pages_(pages), take_(take) {}

    void page(std::uint32_t number) const {
        auto bytes = pages_.page(number);
        const std::size_t start = number == 1 ? 100 : 0;
        if (bytes.size() < start + 12) return;
        const auto type = static_cast<unsigned char>(bytes[start]);
        if (type != kLeafTable && type != kLeafIndex && type != kInteriorIndex) return;
        const std::size_t pointers = start + (type == kInteriorIndex ? 12 : 8);
        const std::size_t cells = big16(bytes.substr(start + 3));
        for (std::size_t i = 0; i < cells && pointers + 2 * i + 2 <= bytes.size(); ++i)
            cell(bytes, big16(bytes.substr(pointers + 2 * i)), type);
    }

  private:
    void cell(std::string_view page, std::size_t at, unsigned char type) const {
        if (at >= page.size()) return;
        Reader reader{page.substr(at)};
        if (type == kInteriorIndex) reader.take(4);
        const std::uint64_t size = reader.varint();
        Record record;
        record.ofTable = type == kLeafTable;
        if (record.ofTable) record.rowid = static_cast<std::int64_t>(reader.varint());
        if (!reader.fine || size > kLargestRecord) return;
        const auto payload = whole(reader, size, record.ofTable);
        auto values = payload ? readPayload(*payload) : std::nullopt;
        if (!values) return;
        record.values = *std::move(values);
        take_(record);
    }

    /// fileformat2.html §1.6, "Cell payload overflow pages".
    std::uint64_t onPage(std::uint64_t size, bool table) const {
        const std::uint64_t u = pages_.usable();
        const std::uint64_t most = table ? u - 35 : (u - 12) * 64 / 255 - 23;
        const std::uint64_t least = (u - 12) * 32 / 255 - 23;
        if (size <= most) return size;
        const std::uint64_t wanted = least + (size - least) % (u - 4);
        return wanted <= most ? wanted : least;
    }

    std::optional<std::string> whole(Reader& reader, std::uint64_t size, bool table) const {
        std::string bytes(reader.take(onPage(size, table)));
        if (!reader.fine) return std::nullopt;
        if (bytes.size() == size) return bytes;
        const auto first = reader.take(4);
        if (!reader.fine) return std::nullopt;
        for (std::uint32_t next = big32(first); bytes.size() < size;) {
            const auto page = pages_.page(next);
            const auto part = std::min<std::uint64_t>(size - bytes.size(), pages_.usable() - 4);
            if (page.size() < part + 4) return std::nullopt;
            bytes.append(page.substr(4, part));
            next = big32(page);
        }
        return bytes;
    }

    const Pages& pages_;
    const std::function<void(const Record&)>& take_;
};

}  // namespace

base::Result<void> scanRecords(const std::filesystem::path& database,
                               const std::function<void(const Record&)>& take) {
    auto main = base::readFile(database, kMost);
    auto wal = base::readFile(database.string() + "-wal", kMost);
    for (const auto* file : {&main, &wal})
        if (!*file && file->error().kind != base::ProblemKind::FileMissing)
            return tl::unexpected(file->error());
    const Pages pages(std::move(main).value_or(""), std::move(wal).value_or(""));
    const Scan scan(pages, take);
    for (const std::uint32_t number : pages.numbers()) scan.page(number);
    return {};
}

}  // namespace tram::store
