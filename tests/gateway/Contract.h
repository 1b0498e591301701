#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tram::test {

using HeaderList = std::multimap<std::string, std::string>;

struct Seen {
    std::string method, path;  ///< path without query
    HeaderList requestHeaders;
    std::string requestType, requestBody;
    int status = 0;
    HeaderList responseHeaders;
    std::string responseBody;
};

/// resources/api/gateway.yaml, held against live traffic (STANDARDS 23). Threads may share one.
class Contract {
  public:
    Contract();
    ~Contract();
    /// Unknown path, method, status, content type, missing header, body that does not fit: noted as a fault.
    /// What a request sent is checked only when the gateway took it, for tests send wrong ones on purpose.
    void hold(const Seen& seen);
    std::vector<std::string> faults() const;

  private:
    struct Document;
    std::unique_ptr<Document> document_;
    mutable std::mutex mutex_;
    std::vector<std::string> faults_;
};

}  // namespace tram::test
